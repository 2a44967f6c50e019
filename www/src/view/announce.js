/** Tells screen readers, once the reader pauses, what the view shows. */
import { screenOf } from './state.js';
import { sentence, strings } from './strings.js';

/** @typedef {import('./state.js').State} State */

// Milliseconds without a change before anything is said: speech would otherwise interrupt the echo of every typed letter.
const PAUSE_MS = 1000;

/**
 * @param {HTMLElement} region a polite live region
 * @param {AbortSignal} signal
 * @returns {(state: State) => void}
 */
export function announcer(region, signal) {
  let timer = 0;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return (state) => {
    clearTimeout(timer);
    timer = setTimeout(() => { region.textContent = state.open ? spoken(state) : ''; }, PAUSE_MS);
  };
}

/**
 * @param {State} state
 * @returns {string}
 */
function spoken(state) {
  const { found, problem } = state;
  const partial = found?.complete === false ? ` ${strings.partial}` : '';
  switch (screenOf(state)) {
    case 'searching':
      return strings.searching;
    case 'failed':
      return `${strings.failed}. ${sentence(problem ?? '')}`;
    case 'empty':
      return found ? `${strings.empty(found.query)}.${partial}` : '';
    case 'hits':
      return found ? `${strings.count(found)}.${partial}` : '';
    default:
      return '';
  }
}
