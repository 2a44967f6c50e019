/** The view of a combobox: a pure function from a state to nodes. */
import { custom, missing, passagesOf, segments } from './hit.js';
import { element, icon } from './lent.js';
import { CLOCK, button, notes } from './notes.js';
import { countOf, screenOf } from './state.js';

/** @typedef {import('../contract.d.ts').Host} Host */
/** @typedef {import('../contract.d.ts').Hit} Hit */
/** @typedef {import('../contract.d.ts').Passage} Passage */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

const PAGE = 'M5 3h7l3 3v11H5ZM8 9h4M8 13h4';
const SECTION = 'M8 3 6 17M14 3l-2 14M4 7h12M4 13h12';

/**
 * @param {State} state
 * @param {Say} say
 * @param {Host} host whose form, if there is one, has all results
 * @returns {(Node | string)[]}
 */
export function view(state, say, host) {
  const { found, recent, completions } = state;
  const made = notes(state, say);
  if (screenOf(state) === 'recent') {
    return [
      list(say('recent'), recent.map((query, number) => (
        element('div', { ...optionly(`recent-${number}`, 'recent'), 'data-query': query }, icon(CLOCK), element('span', { part: 'title' }, query))
      ))),
      footer(button('forget', say('forget'))),
    ];
  }
  if (!found?.hits.length) return made;
  const keys = /** @type {[string, string][]} */ ([['↑ ↓', say('move')], ['↵', say('open')], ['Esc', say('closes')]]).map(([key, does]) => (
    element('span', {}, element('kbd', {}, key), ` ${does}`)
  ));
  return [
    ...made,
    completions.length ? element('div', { part: 'completions', role: 'group', 'aria-label': say('completions') }, ...completions.map((query) => button('completion', query, query))) : '',
    list(say('hits'), found.hits.map((hit, number) => group(hit, number, say, host))),
    footer(
      element('span', { part: 'count' }, say('count', { count: countOf(found) })),
      host.querySelector('form') ? button('all', say('all')) : '',
      // The keys are for those who see them.
      element('span', { part: 'keys', 'aria-hidden': 'true' }, ...keys),
    ),
  ];
}

/**
 * @param {string} label
 * @param {Node[]} options
 */
function list(label, options) {
  return element('div', { role: 'listbox', id: 'hits', part: 'list', 'aria-label': label }, ...options);
}

/** @param {(Node | string)[]} children */
function footer(...children) {
  return element('div', { part: 'footer' }, ...children, element('slot', { name: 'footer' }));
}

/**
 * @param {string} id
 * @param {string} part
 */
function optionly(id, part) {
  return { role: 'option', id, part, 'aria-selected': 'false' };
}

/**
 * @param {Hit} hit
 * @param {number} number
 * @param {Say} say
 * @param {Host} host
 */
function group(hit, number, say, host) {
  const passages = passagesOf(hit);
  return element(
    'div',
    // A hit alone would be named twice over.
    { ...(passages[0] && { role: 'group', 'aria-label': hit.title }), part: 'group', 'data-hit': String(number) },
    option(hit, `hit-${number}`, 'hit', PAGE, missing(hit, say), custom(hit, host)),
    ...passages.map((passage, below) => option(passage, `hit-${number}-${below}`, 'passage', SECTION)),
  );
}

/**
 * An option is itself the link, so that it can be dragged, copied or opened in a tab like any other.
 *
 * @param {Hit | Passage} target
 * @param {string} id
 * @param {'hit' | 'passage'} part
 * @param {string} drawing
 * @param {Node | string} more
 * @param {Node} [custom] in place of all else
 */
function option({ title, excerpt, href }, id, part, drawing, more = '', custom) {
  return element(
    'a',
    // An unsafe address leaves a hit that can be read, though not followed.
    { ...optionly(id, part), href: href || undefined, tabindex: '-1', 'aria-describedby': custom ? undefined : `${id}-excerpt` },
    ...(custom ? [custom] : [
      icon(drawing),
      element(
        'span',
        { class: 'text' },
        element('span', { part: 'title' }, title),
        // It describes the option; in its name it would be read before the next one's.
        element('span', { id: `${id}-excerpt`, part: 'excerpt', 'aria-hidden': 'true' }, ...segments(excerpt)),
        more,
      ),
    ]),
  );
}
