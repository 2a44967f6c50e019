/** What is said beside hits or in their place. */
import { element } from '../element.js';
import { screenOf } from './state.js';
import { sentence } from './strings.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

/**
 * @param {State} state
 * @param {Say} say
 * @returns {Node[]} what stands above hits, and above the message that there are none
 */
export function notes({ found, stage }, say) {
  const made = [];
  if (found && stage === 'stalled') made.push(element('div', { part: 'note' }, say('stalled')));
  if (found?.complete === false) made.push(element('div', { part: 'note' }, say('partial'), again(say)));
  if (found?.suggestion) {
    const [before, after] = say('suggestion', { suggestion: '\0' }).split('\0');
    made.push(element('div', { part: 'note' }, element('span', {}, before ?? '', proposal('suggestion', found.suggestion), after ?? '')));
  }
  return made;
}

/**
 * @param {State} state
 * @param {Say} say
 * @returns {Node[]} what stands where there are no hits
 */
export function message(state, say) {
  const { found, problem = '' } = state;
  const screen = screenOf(state);
  /** @type {(heading: string, ...more: Node[]) => Node[]} */
  const box = (heading, ...more) => [element('div', { part: 'message' }, element('strong', {}, heading), ...more)];
  switch (screen) {
    case 'failed':
      return box(say(screen), element('p', {}, sentence(problem)), again(say));
    case 'offline':
      return box(say(screen), element('p', {}, say('offlineHint')));
    case 'searching':
    case 'stalled':
      return box(say(screen));
    case 'empty':
      return box(say(screen, { query: found?.query ?? '' }), element('p', {}, element('slot', { name: 'empty' }, say('hint'))));
    default:
      return [];
  }
}

/**
 * @param {'suggestion' | 'completion'} part
 * @param {string} query what it searches for
 */
export function proposal(part, query) {
  return element('button', { part, type: 'button', 'data-query': query }, query);
}

/** @param {Say} say */
function again(say) {
  return button('again', say('again'));
}

/**
 * @param {string} part by which the view knows what it does
 * @param {string} text
 */
export function button(part, text) {
  return element('button', { part, type: 'button' }, text);
}
