/** What the reader's search is doing, as one value. */

/** @typedef {import('../contract.d.ts').Found} Found */

/**
 * @typedef {object} State
 * @property {string} query what stands in the field
 * @property {'idle' | 'waiting' | 'slow' | 'found' | 'failed'} stage
 * @property {boolean} open whether the reader wants to see the panel
 * @property {Found} [found] the last answer, kept on view until a newer one comes
 * @property {string} [problem] why there is no answer, for people
 */

/** @typedef {'nothing' | 'searching' | 'hits' | 'empty' | 'failed'} Screen */

/** @type {State} */
export const initial = { query: '', stage: 'idle', open: false };

/**
 * @param {State} state
 * @param {string} query
 * @returns {State}
 */
export function typed(state, query) {
  if (query.trim() === '') return { ...initial, query, open: true };
  return { ...state, query, stage: state.stage === 'slow' ? 'slow' : 'waiting', open: true };
}

/**
 * After a wait that a reader notices.
 *
 * @param {State} state
 * @returns {State}
 */
export function slowed(state) {
  return state.stage === 'waiting' ? { ...state, stage: 'slow' } : state;
}

/**
 * @param {State} state
 * @param {Found} found
 * @returns {State}
 */
export function answered({ query, open }, found) {
  return { query, open, found, stage: 'found' };
}

/**
 * @param {State} state
 * @param {string} problem
 * @returns {State}
 */
export function failed({ query, open }, problem) {
  return { query, open, problem, stage: 'failed' };
}

/**
 * A search that another one replaced elsewhere on the page leaves what was there before.
 *
 * @param {State} state
 * @returns {State}
 */
export function dropped(state) {
  return { ...state, stage: state.found ? 'found' : 'idle' };
}

/**
 * @param {State} state
 * @returns {Screen}
 */
export function screenOf({ stage, found }) {
  if (stage === 'failed') return 'failed';
  if (found) return found.hits.length > 0 ? 'hits' : 'empty';
  return stage === 'slow' ? 'searching' : 'nothing';
}
