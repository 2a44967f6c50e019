/** Tells screen readers, once the reader pauses, what the view shows. */
import { spoken } from './notes.js';
import { screenOf } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

// Milliseconds without a change before anything is said: speech would otherwise interrupt the echo of every typed letter.
const PAUSE_MS = 1000;

/**
 * @param {HTMLElement} region a polite live region
 * @param {AbortSignal} signal
 * @returns {(state: State, last: State, say: Say) => void}
 */
export function announcer(region, signal) {
  let timer = 0;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return (state, last, say) => {
    if (state.open === last.open && state.found === last.found && screenOf(state) === screenOf(last)) return;
    clearTimeout(timer);
    timer = setTimeout(() => { region.textContent = state.open ? spoken(state, say) : ''; }, PAUSE_MS);
  };
}
