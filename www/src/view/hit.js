/** What is shown of a hit. */
import { element } from './lent.js';

/** @typedef {import('../contract.d.ts').Host} Host */
/** @typedef {import('../contract.d.ts').Hit} Hit */
/** @typedef {import('../contract.d.ts').Passage} Passage */
/** @typedef {import('../contract.d.ts').Segment} Segment */
/** @typedef {import('./strings.js').Say} Say */

// More passages under one hit hide the next hit.
const MOST_PASSAGES = 3;

/**
 * The words that were found in a hit, as they stand in the text: what its page will highlight.
 *
 * @param {Hit} hit
 * @returns {string[]}
 */
export function wordsOf(hit) {
  const found = [hit, ...hit.passages].flatMap(({ excerpt }) => excerpt.filter((segment) => segment.hit));
  return [...new Set(found.map(({ text }) => text.toLowerCase()))];
}

/**
 * The passages to show, each with its excerpt unless that is the hit's own, which need not be read twice.
 *
 * @param {Hit} hit
 * @returns {Passage[]}
 */
export function passagesOf(hit) {
  const shown = textOf(hit);
  return hit.passages.slice(0, MOST_PASSAGES).map((passage) => (
    { ...passage, href: passage.href, excerpt: textOf(passage) === shown ? [] : passage.excerpt }
  ));
}

/** @param {Hit | Passage} target */
function textOf({ excerpt }) {
  return excerpt.map(({ text }) => text).join('');
}

/**
 * @param {Segment[]} excerpt
 * @returns {(Node | string)[]}
 */
export function segments(excerpt) {
  return excerpt.map(({ text, hit }) => (hit ? element('mark', { part: 'mark' }, text) : text));
}

/**
 * @param {Hit} hit
 * @param {Say} say
 */
export function missing(hit, say) {
  if (!hit.missing?.length) return '';
  return element('span', { part: 'missing' }, say('missing'), ...hit.missing.flatMap((word) => [' ', element('s', {}, word)]));
}

/**
 * What the page would have shown in place of the usual: what its `render` makes, or its template with the fields filled in.
 *
 * @param {Hit} hit
 * @param {Host} host
 * @returns {Node | undefined}
 */
export function custom(hit, host) {
  if (host.render) return host.render(hit, { segments });
  const copy = /** @type {DocumentFragment | undefined} */ (host.querySelector('template')?.content.cloneNode(true));
  for (const node of /** @type {HTMLAnchorElement[]} */ ([...copy?.querySelectorAll('[data-field]') ?? []])) {
    const field = node.dataset.field ?? '';
    const value = /** @type {any} */ (hit)[field] ?? hit.meta?.[field];
    if (value === undefined) node.remove();
    else if (node.localName === 'a' && hit.href) node.href = hit.href;
    node.append(...(field === 'excerpt' ? segments(value) : [value]));
  }
  return copy;
}
