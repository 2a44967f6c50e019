/** Puts nodes in place of others. */

/**
 * What stays as it is stays where it is, so that focus, an open disclosure and what was typed stay, too. Nodes with the same id
 * differ by their children alone.
 *
 * @param {Node} parent
 * @param {Node[]} nodes
 */
export function patch(parent, nodes) {
  nodes.forEach((node, number) => {
    const old = parent.childNodes[number];
    if (!old) parent.appendChild(node);
    else if (old.isEqualNode(node)) return;
    else if (idOf(old) && idOf(old) === idOf(node)) patch(old, [...node.childNodes]);
    else parent.replaceChild(node, old);
  });
  while (parent.childNodes.length > nodes.length) parent.lastChild?.remove();
}

/** @param {any} node */
function idOf(node) {
  return node.id;
}
