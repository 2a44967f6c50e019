/** Tells screen readers, once the reader pauses, what the view shows. */
import { screenOf } from './state.js';
import { sentence } from './strings.js';

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

/**
 * @param {State} state
 * @param {Say} say
 * @returns {string}
 */
function spoken(state, say) {
  const { found, problem = '', stage } = state;
  const screen = screenOf(state);
  if (screen === 'nothing' || screen === 'recent') return '';
  if (screen === 'searching' || screen === 'stalled') return say(screen);
  if (screen === 'offline') return `${say(screen)}. ${say('offlineHint')}`;
  if (!found) return `${say('failed')}. ${sentence(problem)}`;
  const heard = [sentence(screen === 'empty' ? say(screen, { query: found.query }) : say('count', { count: Math.max(found.total, found.hits.length) }))];
  if (found.suggestion) heard.push(say('suggestion', { suggestion: found.suggestion }));
  if (!found.complete) heard.push(say('partial'));
  if (stage === 'stalled') heard.push(say(stage));
  return heard.join(' ');
}
