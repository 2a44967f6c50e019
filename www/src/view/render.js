/** The view: a pure function from a state to nodes. */
import { element, icon } from '../element.js';
import { screenOf } from './state.js';
import { sentence, strings } from './strings.js';

/** @typedef {import('../contract.d.ts').Hit} Hit */
/** @typedef {import('../contract.d.ts').Passage} Passage */
/** @typedef {import('../contract.d.ts').Segment} Segment */
/** @typedef {import('../contract.d.ts').Found} Found */
/** @typedef {import('./state.js').State} State */

// More passages under one hit hide the next hit.
const MOST_PASSAGES = 3;

const PAGE = 'M6 2.5h5.5L15 6v11.5H6ZM11.5 2.5V6H15M8.5 10h4M8.5 13h4';
const SECTION = 'M7.5 4 6 16M14 4l-1.5 12M4.5 8h12M3.5 12.5h12';

/**
 * @param {State} state
 * @returns {Node[]}
 */
export function view(state) {
  const { found, query, problem } = state;
  switch (screenOf(state)) {
    case 'failed':
      return [message(strings.failed, sentence(problem ?? ''), again())];
    case 'searching':
      return [message(strings.searching)];
    case 'empty':
      return [message(strings.empty(found?.query ?? query), strings.hint), ...partial(found)];
    case 'hits':
      return found ? [...partial(found), list(found), footer(found)] : [];
    default:
      return [];
  }
}

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

/** @param {Found} found */
function list(found) {
  return element('div', { role: 'listbox', id: 'hits', part: 'list', class: 'list', 'aria-label': strings.hits }, ...found.hits.map(group));
}

/**
 * @param {Hit} hit
 * @param {number} number
 */
function group(hit, number) {
  const passages = (hit.passages ?? []).slice(0, MOST_PASSAGES);
  return element(
    'div',
    { role: 'group', class: 'group', 'aria-label': hit.title },
    option(hit, `hit-${number}`, 'hit', icon(PAGE), ...missing(hit)),
    ...passages.map((passage, below) => option(passage, `hit-${number}-${below}`, 'passage', icon(SECTION))),
  );
}

/**
 * An option is itself the link, so that it can be dragged, copied or opened in a tab like any other.
 *
 * @param {Hit | Passage} target
 * @param {string} id
 * @param {'hit' | 'passage'} part
 * @param {Node} drawing
 * @param {Node[]} more
 */
function option({ title, excerpt, href }, id, part, drawing, ...more) {
  return element(
    'a',
    {
      role: 'option',
      id,
      part,
      class: part,
      // An unsafe address leaves a hit that can be read, though not followed.
      href: href || undefined,
      tabindex: '-1',
      'aria-selected': 'false',
      'aria-labelledby': `${id}-title`,
      'aria-describedby': `${id}-excerpt`,
    },
    drawing,
    element(
      'span',
      { class: 'text' },
      element('span', { id: `${id}-title`, part: 'title', class: 'title' }, title),
      element('span', { id: `${id}-excerpt`, part: 'excerpt', class: 'excerpt' }, ...segments(excerpt ?? [])),
      ...more,
    ),
  );
}

/**
 * @param {Segment[]} excerpt
 * @returns {(Node | string)[]}
 */
export function segments(excerpt) {
  return excerpt.map(({ text, hit }) => (hit ? element('mark', { part: 'mark' }, text) : text));
}

/** @param {Hit} hit */
function missing(hit) {
  if (!hit.missing?.length) return [];
  const words = hit.missing.flatMap((word) => [' ', element('s', {}, word)]);
  return [element('span', { part: 'missing', class: 'missing' }, strings.missing, ...words)];
}

/** @param {Found | undefined} found */
function partial(found) {
  return found?.complete === false ? [element('div', { part: 'partial', class: 'partial' }, strings.partial, again())] : [];
}

/**
 * @param {string} heading
 * @param {(Node | string)[]} more
 */
function message(heading, ...more) {
  const below = more.map((child) => (typeof child === 'string' ? element('p', {}, child) : child));
  return element('div', { part: 'message', class: 'message' }, element('strong', {}, heading), ...below);
}

function again() {
  return element('button', { part: 'again', class: 'again', type: 'button' }, strings.again);
}

/** @param {Found} found */
function footer(found) {
  const keys = [['↑ ↓', strings.move], ['↵', strings.open], ['Esc', strings.close]].map(
    ([key, does]) => element('span', {}, element('kbd', {}, key ?? ''), ` ${does}`),
  );
  // The live region tells the count; the keys are for those who see them.
  return element('div', { part: 'footer', class: 'footer', 'aria-hidden': 'true' }, element('span', {}, strings.count(found)), element('span', { class: 'keys' }, ...keys));
}
