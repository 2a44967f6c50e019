/** What the reader's search is doing, as one value. */

/** @typedef {import('../contract.d.ts').Found} Found */

/**
 * @typedef {object} State
 * @property {string} query what stands in the field
 * @property {'idle' | 'waiting' | 'slow' | 'stalled' | 'found' | 'failed' | 'offline'} stage
 * @property {boolean} open whether the reader wants to see the panel
 * @property {string[]} recent what was searched for before, while nothing stands in the field
 * @property {string[]} completions what the query may become
 * @property {Found} [found] the last answer, kept on view until a newer one comes
 * @property {string} [problem] why there is no answer, for people
 */

/** @typedef {'nothing' | 'recent' | 'searching' | 'stalled' | 'hits' | 'empty' | 'failed' | 'offline'} Screen */

/** @type {State} */
export const initial = { query: '', stage: 'idle', open: false, recent: [], completions: [] };

/**
 * @param {State} state
 * @param {string} query
 * @returns {State}
 */
export function typed(state, query) {
  return { ...state, query, stage: isSlow(state) ? 'slow' : 'waiting', open: true };
}

/**
 * After the field was cleared.
 *
 * @param {State} state
 * @param {string[]} recent
 * @returns {State}
 */
export function cleared({ open }, recent) {
  return { ...initial, open, recent };
}

/**
 * After a wait that a reader notices, and after one that a reader wonders about.
 *
 * @param {State} state
 * @param {'slow' | 'stalled'} stage
 * @returns {State}
 */
export function slowed(state, stage) {
  return { ...state, stage };
}

/**
 * @param {State} state
 * @param {Found} found
 * @param {string[]} completions
 * @returns {State}
 */
export function answered({ query, open }, found, completions) {
  return { ...initial, query, open, found, completions, stage: 'found' };
}

/**
 * @param {State} state
 * @param {string} problem
 * @param {boolean} offline whether it is for want of a connection that will come back
 * @returns {State}
 */
export function failed({ query, open }, problem, offline) {
  return { ...initial, query, open, problem, stage: offline ? 'offline' : 'failed' };
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
  if (found) return found.hits.length > 0 ? 'hits' : 'empty';
  if (stage === 'slow') return 'searching';
  if (stage === 'stalled') return stage;
  return recent.length > 0 ? 'recent' : 'nothing';
}
