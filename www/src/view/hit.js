/** What is shown of a hit. */
import { element } from '../element.js';

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
  const words = [hit, ...(hit.passages ?? [])].flatMap(({ excerpt }) => (excerpt ?? []).filter((segment) => segment.hit));
  return [...new Set(words.map((segment) => segment.text.toLowerCase()))];
}

/**
 * The passages to show, each with its excerpt unless that is the hit's own, which need not be read twice.
 *
 * @param {Hit} hit
 * @returns {Passage[]}
 */
export function passagesOf(hit) {
  return (hit.passages ?? []).slice(0, MOST_PASSAGES).map(({ title, url, href, excerpt }) => (
    { title, url, href, excerpt: textOf(excerpt) === textOf(hit.excerpt) ? [] : excerpt }
  ));
}

/** @param {Segment[] | undefined} excerpt */
function textOf(excerpt) {
  return excerpt?.map(({ text }) => text).join('');
}

/**
 * @param {Segment[] | undefined} excerpt
 * @returns {(Node | string)[]}
 */
export function segments(excerpt) {
  return (excerpt ?? []).map(({ text, hit }) => (hit ? element('mark', { part: 'mark' }, text) : text));
}

/**
 * @param {Hit} hit
 * @param {Say} say
 */
export function missing(hit, say) {
  if (!hit.missing?.length) return [];
  return [element('span', { part: 'missing' }, say('missing'), ...hit.missing.flatMap((word) => [' ', element('s', {}, word)]))];
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
  const template = host.querySelector('template');
  if (!template) return undefined;
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const node of copy.querySelectorAll('[data-field]')) {
    const field = node.getAttribute('data-field') ?? '';
    const value = /** @type {any} */ (hit)[field] ?? hit.meta?.[field];
    if (value === undefined) node.remove();
    else if (node instanceof HTMLAnchorElement && hit.href) node.href = hit.href;
    node.append(...(field === 'excerpt' ? segments(value) : [String(value)]));
  }
  return copy;
}
