/** What the reader's search is doing, as one value. */

/** @typedef {import('../contract.d.ts').Found} Found */

/**
 * @typedef {object} State
 * @property {string} query what stands in the field
 * @property {'idle' | 'waiting' | 'slow' | 'stalled' | 'found' | 'failed' | 'offline'} stage `slow` after a wait that a reader
 *   notices, `stalled` after one that a reader wonders about
 * @property {boolean} open whether the reader wants to see the panel
 * @property {string[]} recent what was searched for before, while nothing stands in the field
 * @property {string[]} completions what the query may become
 * @property {Found | undefined} found the last answer, kept on view until a newer one comes
 * @property {string | undefined} problem why there is no answer, for people
 */

/** @typedef {'nothing' | 'recent' | 'searching' | 'stalled' | 'hits' | 'empty' | 'failed' | 'offline'} Screen */

/** @type {State} */
export const initial = { query: '', stage: 'idle', open: false, recent: [], completions: [], found: undefined, problem: undefined };

/**
 * What was asked has come to an end; whether the panel is open is all that stays.
 *
 * @param {State} state
 * @param {Partial<State>} end
 * @returns {State}
 */
export function ended({ query, open }, end) {
  return { ...initial, query, open, ...end };
}

/** @param {State} state */
export function isSlow({ stage }) {
  return stage === 'slow' || stage === 'stalled';
}

/**
 * @param {State} state
 * @returns {Screen}
 */
export function screenOf({ stage, found, recent }) {
  if (stage === 'failed' || stage === 'offline') return stage;
  if (found) return found.hits.length ? 'hits' : 'empty';
  if (stage === 'stalled') return stage;
  return stage === 'slow' ? 'searching' : recent.length ? 'recent' : 'nothing';
}

/** How many documents were found: those that lack no word, else those that lack the least. @param {Found} found */
export function countOf({ total, hits }) {
  return Math.max(total, hits.length);
}
