/** What the view says, in words for people. */

/** @typedef {import('../contract.d.ts').Found} Found */

export const strings = {
  hits: 'Search results',
  searching: 'Searching…',
  failed: 'Search is not available',
  again: 'Try again',
  partial: 'Some results may be missing, because a part of the index could not be read.',
  missing: 'Without',
  move: 'to move',
  open: 'to open',
  close: 'to close',

  /** @param {string} query */
  empty: (query) => `Nothing found for “${query}”`,
  hint: 'Try fewer words, or other ones.',

  /** @param {Found} found */
  count({ total, hits }) {
    return total === 1 ? '1 result' : `${Math.max(total, hits.length)} results`;
  },
};

/**
 * A message of the machine as a sentence.
 *
 * @param {string} message
 */
export function sentence(message) {
  return message.charAt(0).toUpperCase() + message.slice(1) + (/[.!?…]$/.test(message) ? '' : '.');
}
