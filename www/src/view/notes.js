/** What is said beside hits or in their place. */
import { element } from './lent.js';
import { countOf, screenOf } from './state.js';
import { sentence } from './strings.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

/**
 * @param {State} state
 * @param {Say} say
 * @returns {string[]} what takes the place of hits, the most important first
 */
function lines(state, say) {
  const screen = screenOf(state);
  /** @type {Partial<Record<import('./state.js').Screen, string>>} */
  const hints = { failed: sentence(state.problem ?? ''), offline: say('offlineHint'), empty: say('hint'), searching: '', stalled: '' };
  const hint = hints[screen];
  return hint === undefined ? [] : [say(/** @type {'failed'} */ (screen), state.found), hint];
}

/**
 * @param {State} state
 * @param {Say} say
 * @returns {string} all of it for those who listen
 */
export function spoken(state, say) {
  const { found, stage } = state;
  return [
    ...lines(state, say),
    found?.hits.length && say('count', { count: countOf(found) }),
    found?.suggestion && say('suggestion', found),
    found?.complete === false && say('partial'),
    found && stage === 'stalled' && say(stage),
  ].map((line) => line && sentence(line)).filter(Boolean).join(' ');
}

/**
 * @param {State} state
 * @param {Say} say
 * @returns {Node[]} what stands above hits, or in their place
 */
export function notes(state, say) {
  const { found, stage } = state;
  /** @type {(...children: (Node | string)[]) => Node} */
  const note = (...children) => element('div', { part: 'note' }, ...children);
  const again = () => button('again', say('again'));
  const made = [];
  if (found && stage === 'stalled') made.push(note(say(stage)));
  if (found?.complete === false) made.push(note(say('partial'), again()));
  if (found?.suggestion) {
    const [before, after] = /** @type {[string, string]} */ (say('suggestion', { suggestion: '\n' }).split('\n'));
    made.push(note(element('span', {}, before, button('suggestion', found.suggestion, found.suggestion), after)));
  }
  const [heading, hint] = lines(state, say);
  if (heading) {
    made.push(element(
      'div',
      { part: 'message' },
      element('strong', {}, heading),
      element('p', {}, element('slot', { name: screenOf(state) }, /** @type {string} */ (hint))),
      stage === 'failed' ? again() : '',
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
