/** What is said beside hits or in their place. */
import { element, icon } from './lent.js';
import { isSlow, screenOf } from './state.js';
import { sentence } from './strings.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

export const CLOCK = 'M10 3a7 7 0 1 0 .1 0M10 6v4l3 2';

/** An exclamation mark in a circle. */
const MARK = 'M10 3a7 7 0 1 0 .1 0M10 6v5M10 13v1';

/**
 * @param {State} state
 * @param {Say} say
 * @returns {Node[]} what stands above hits, or in their place
 */
export function notes(state, say) {
  const { found, problem = '' } = state;
  const screen = screenOf(state);
  /** @type {(...children: (Node | string)[]) => Node} */
  const note = (...children) => element('div', { part: 'note' }, ...children);
  const again = () => button('again', say('again'));
  const made = [];
  if (found?.complete === false) made.push(note(element('span', {}, say('partial')), again()));
  if (found?.suggestion) {
    const [before = '', after = ''] = say('suggestion', { suggestion: '\n' }).split('\n');
    made.push(note(element('span', {}, before, button('suggestion', found.suggestion, found.suggestion), after)));
  }
  /** @type {Partial<Record<import('./state.js').Screen, string>>} */
  const hints = { failed: sentence(problem), offline: say('offlineHint'), empty: say('hint'), searching: '', stalled: '' };
  // Of what could not be read whole nobody knows that it has nothing.
  const hint = found?.complete === false ? undefined : hints[screen];
  if (hint !== undefined) {
    made.push(element(
      'div',
      { part: 'message' },
      icon(isSlow(state) ? CLOCK : MARK),
      element('strong', {}, say(/** @type {'failed'} */ (screen), found)),
      element('p', {}, element('slot', { name: screen }, hint)),
      screen === 'failed' ? again() : '',
    ));
  }
  return made;
}

/**
 * @param {string} part by which the view knows what it does
 * @param {string} text
 * @param {string} [query] what it searches for
 */
export function button(part, text, query) {
  return element('button', { part, type: 'button', 'data-query': query }, text);
}
