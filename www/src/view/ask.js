/** Asks one thing after another, of which only the latest is answered. */
import { ended, initial, isSlow } from './state.js';

/** @typedef {import('../contract.d.ts').Place} Place */
/** @typedef {import('../contract.d.ts').SearchOptions} SearchOptions */
/** @typedef {import('./state.js').State} State */
/** @typedef {ReturnType<typeof asking>} Asker */

// A shorter wait goes unnoticed, and an indicator that flashes disturbs more than none.
const SLOW_MS = 300;

// After some seconds a reader wonders whether anything will come at all.
const STALL_MS = 5000;

// What fits beside one another above the hits.
const MOST_COMPLETIONS = 4;

/**
 * @param {Place} place
 * @param {(state: State, last: State) => void} changed
 */
export function asking({ host, index, signal }, changed) {
  let life = new AbortController();
  const asker = {
    state: initial,
    again() {},
    stop() {
      life.abort();
    },
    /** @param {Partial<State>} next */
    set(next) {
      const last = asker.state;
      changed(asker.state = { ...last, ...next }, last);
    },
    /**
     * @param {string} query
     * @param {SearchOptions} options
     * @param {boolean} completing whether to complete it, too
     */
    async ask(query, options, completing) {
      asker.stop();
      asker.again = () => void asker.ask(query, options, completing);
      const current = (life = new AbortController()).signal;
      asker.set({ query, stage: isSlow(asker.state) ? 'slow' : 'waiting', open: true });
      const waits = [setTimeout(asker.set, SLOW_MS, { stage: 'slow' }), setTimeout(asker.set, STALL_MS, { stage: 'stalled' })];
      current.addEventListener('abort', () => waits.map(clearTimeout));
      try {
        const detail = { query, options };
        tell(host, 'search', detail);
        const opened = await index();
        current.throwIfAborted();
        /** @type {string[]} */
        let completions = [];
        // Asked first, so answered first unless it needs more of the index than the search, which does not wait for it.
        if (completing) {
          opened.suggest(query, { limit: MOST_COMPLETIONS, signal: current }).then((all) => {
            completions = all.map(({ text }) => text).filter((text) => text !== query.toLowerCase());
          }, () => {});
        }
        const found = await opened.search(query, { ...detail.options, asker: host, signal: current });
        asker.set(ended(asker.state, { found, completions, stage: 'found' }));
        tell(host, 'results', { found });
      } catch (/** @type {any} */ error) {
        if (current.aborted) return;
        // What is for want of a connection goes on when it is back.
        const stage = error.code === 'offline' && !navigator.onLine ? 'offline' : 'failed';
        asker.set(ended(asker.state, { problem: error.message, stage }));
        tell(host, 'error', { error });
      } finally {
        waits.map(clearTimeout);
      }
    },
  };
  signal.addEventListener('abort', asker.stop);
  addEventListener('online', () => {
    const { stage, found, open } = asker.state;
    if (stage !== 'offline' && stage !== 'failed' && found?.complete !== false) return;
    asker.again();
    // Who has turned to something else is not called back.
    asker.set({ open });
  }, { signal });
  return asker;
}

/**
 * Tells the page what happens.
 *
 * @param {HTMLElement} host
 * @param {'search' | 'results' | 'select' | 'error'} what
 * @param {object} detail
 * @returns {boolean} whether the page lets it happen
 */
export function tell(host, what, detail) {
  return host.dispatchEvent(new CustomEvent(`searchlet-${what}`, { bubbles: true, composed: true, cancelable: true, detail }));
}
