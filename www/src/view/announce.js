/** Tells screen readers, once the reader pauses, what the view shows. */
import { screenOf } from './state.js';
import { sentence } from './strings.js';

/** @typedef {import('./state.js').State} State */

// Milliseconds without a change before anything is said: speech would otherwise interrupt the echo of every typed letter.
const PAUSE_MS = 1000;

/**
 * @param {HTMLElement} region a polite live region
 * @param {HTMLElement} panel
 * @param {AbortSignal} signal
 * @returns {(state: State, last: State) => void}
 */
export function announcer(region, panel, signal) {
  let timer = 0;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return (state, last) => {
    if (state.query === last.query && state.open === last.open && state.found === last.found && screenOf(state) === screenOf(last)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const shown = state.open ? panel.querySelectorAll('.count, .note span, strong, .message p') : [];
      region.textContent = Array.from(shown, ({ textContent }) => textContent && sentence(textContent)).join(' ').trim();
    }, PAUSE_MS);
  };
}
