/** Builds nodes from names, attributes, text: never from markup. */

/**
 * A part of an element is also its class: pages style it by the one, the sheets of Searchlet by the other.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K | 'svg' | 'path'} name
 * @param {Record<string, string | undefined>} attributes an absent one is left out
 * @param {(Node | string)[]} children a string becomes a text node
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(name, attributes, ...children) {
  const made = document.createElementNS(`http://www.w3.org/${/svg|path/.test(name) ? '2000/svg' : '1999/xhtml'}`, name);
  for (const [attribute, value] of Object.entries({ class: attributes.part, ...attributes })) {
    if (value !== undefined) made.setAttribute(attribute, value);
  }
  made.append(...children);
  return /** @type {any} */ (made);
}

/** @param {string} path drawn with a line on a field of 20 by 20 units */
export function icon(path) {
  return element('svg', { viewBox: '0 0 20 20', class: 'icon', 'aria-hidden': 'true' }, element('path', { d: path }));
}
