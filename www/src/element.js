/** Builds nodes from names, attributes, text: never from markup. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * A part of an element is also its class: pages style it by the one, the sheets of Searchlet by the other.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string | boolean | undefined>} attributes a false or absent one is left out
 * @param {(Node | string)[]} children a string becomes a text node
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(attribute, value === true ? '' : value);
  }
  if (attributes.part) made.className = made.getAttribute('part') ?? '';
  made.append(...children);
  return made;
}

/** @param {string} path drawn with a line on a field of 20 by 20 units */
export function icon(path) {
  const drawing = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'path');
  drawing.setAttribute('viewBox', '0 0 20 20');
  drawing.setAttribute('class', 'icon');
  drawing.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  drawing.append(line);
  return drawing;
}
