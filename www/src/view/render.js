/** The view of a combobox: a pure function from a state to nodes. */
import { element, icon } from '../element.js';
import { custom, missing, passagesOf, segments } from './hit.js';
import { button, message, notes, proposal } from './notes.js';
import { screenOf } from './state.js';

/** @typedef {import('../contract.d.ts').Host} Host */
/** @typedef {import('../contract.d.ts').Hit} Hit */
/** @typedef {import('../contract.d.ts').Passage} Passage */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

const PAGE = 'M6 2.5h5.5L15 6v11.5H6ZM11.5 2.5V6H15M8.5 10h4M8.5 13h4';
const SECTION = 'M7.5 4 6 16M14 4l-1.5 12M4.5 8h12M3.5 12.5h12';
const CLOCK = 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 6v4l2.5 2';

/**
 * @param {State} state
 * @param {Say} say
 * @param {Host} host whose form, if there is one, has all results
 * @returns {Node[]}
 */
export function view(state, say, host) {
  const { found, recent, completions } = state;
  switch (screenOf(state)) {
    case 'nothing':
      return [];
    case 'recent':
      return [
        list(say('recent'), recent.map((query, number) => (
          element('div', { ...optionly(`recent-${number}`, 'recent'), 'data-query': query }, icon(CLOCK), element('span', { part: 'title' }, query))
        ))),
        footer(button('forget', say('forget'))),
      ];
    case 'hits': {
      const { total, hits } = /** @type {import('../contract.d.ts').Found} */ (found);
      const keys = [['↑ ↓', say('move')], ['↵', say('open')], ['Esc', say('closes')]].map(([key, does]) => (
        element('span', {}, element('kbd', {}, key ?? ''), ` ${does}`)
      ));
      return [
        ...notes(state, say),
        ...(completions.length ? [element('div', { part: 'completions', role: 'group', 'aria-label': say('completions') }, ...completions.map((query) => proposal('completion', query)))] : []),
        list(say('hits'), hits.map((hit, number) => group(hit, number, say, host))),
        footer(
          element('span', { 'aria-hidden': 'true' }, say('count', { count: Math.max(total, hits.length) })),
          host.querySelector('form') ? button('all', say('all')) : '',
          // The keys are for those who see them.
          element('span', { part: 'keys', 'aria-hidden': 'true' }, ...keys),
        ),
      ];
    }
    default:
      return [...notes(state, say), ...message(state, say)];
  }
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
  return element(
    'div',
    { role: 'group', part: 'group', 'aria-label': hit.title, 'data-hit': String(number) },
    option(hit, `hit-${number}`, 'hit', PAGE, custom(hit, host), ...missing(hit, say)),
    ...passagesOf(hit).map((passage, below) => option(passage, `hit-${number}-${below}`, 'passage', SECTION)),
  );
}

/**
 * An option is itself the link, so that it can be dragged, copied or opened in a tab like any other.
 *
 * @param {Hit | Passage} target
 * @param {string} id
 * @param {'hit' | 'passage'} part
 * @param {string} drawing
 * @param {Node | undefined} [custom]
 * @param {Node[]} more
 */
function option({ title, excerpt, href }, id, part, drawing, custom, ...more) {
  const usual = { 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-excerpt` };
  return element(
    'a',
    // An unsafe address leaves a hit that can be read, though not followed.
    { ...optionly(id, part), href: href || undefined, tabindex: '-1', ...(custom ? {} : usual) },
    ...(custom ? [custom] : [
      icon(drawing),
      element(
        'span',
        { class: 'text' },
        element('span', { id: `${id}-title`, part: 'title' }, title),
        element('span', { id: `${id}-excerpt`, part: 'excerpt' }, ...segments(excerpt)),
        ...more,
      ),
    ]),
  );
}
