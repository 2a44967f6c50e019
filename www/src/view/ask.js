/** Asks one thing after another, of which only the latest is answered. */
import { answered, failed, initial, isSlow, slowed, typed } from './state.js';

/** @typedef {import('../contract.d.ts').Place} Place */
/** @typedef {import('../contract.d.ts').SearchOptions} SearchOptions */
/** @typedef {import('./state.js').State} State */

// A shorter wait goes unnoticed, and an indicator that flashes disturbs more than none.
const SLOW_MS = 300;

// After some seconds a reader wonders whether anything will come at all.
const STALL_MS = 5000;

// What fits beside one another above the hits.
const MOST_COMPLETIONS = 4;

export class Asker {
  /** @type {State} */
  state = initial;
  #place;
  #changed;
  #life = new AbortController();
  #again = () => {};

  /**
   * @param {Place} place
   * @param {(state: State, last: State) => void} changed
   */
  constructor(place, changed) {
    this.#place = place;
    this.#changed = changed;
    place.signal.addEventListener('abort', () => this.stop());
    addEventListener('online', () => {
      if (this.state.stage === 'offline') this.again();
    }, { signal: place.signal });
  }

  /** @param {State} next */
  set(next) {
    const last = this.state;
    this.state = next;
    this.#changed(next, last);
  }

  /** Wants no answer any more. */
  stop() {
    this.#life.abort();
  }

  /** Asks what was asked last. */
  again() {
    this.#again();
  }

  /**
   * @param {string} query
   * @param {SearchOptions} options
   * @param {boolean} completing whether to complete it, too
   */
  async ask(query, options, completing) {
    this.stop();
    this.#again = () => void this.ask(query, options, completing);
    const { signal } = (this.#life = new AbortController());
    const { host, index } = this.#place;
    this.set(typed(this.state, query));
    const waits = [
      setTimeout(() => this.set(slowed(this.state, 'slow')), SLOW_MS),
      setTimeout(() => this.set(slowed(this.state, 'stalled')), STALL_MS),
    ];
    signal.addEventListener('abort', () => waits.map(clearTimeout));
    try {
      const detail = { query, options };
      tell(host, 'search', detail);
      const opened = await index();
      signal.throwIfAborted();
      /** @type {string[]} */
      let completions = [];
      // Asked first, so answered first unless it needs more of the index than the search, which does not wait for it.
      if (completing) {
        opened.suggest(query, { limit: MOST_COMPLETIONS + 1, signal }).then((all) => {
          completions = all.map(({ text }) => text).filter((text) => text !== query.toLowerCase().trim()).slice(0, MOST_COMPLETIONS);
        }, () => {});
      }
      const found = await opened.search(query, { ...detail.options, asker: host, signal });
      this.set(answered(this.state, found, completions));
      tell(host, 'results', { found });
    } catch (/** @type {any} */ error) {
      if (signal.aborted) return;
      this.set(failed(this.state, error.message, error.code === 'offline' && !navigator.onLine));
      tell(host, 'error', { error });
    } finally {
      waits.map(clearTimeout);
    }
  }

  /** @returns {boolean} whether the reader is made to wait */
  get isSlow() {
    return isSlow(this.state);
  }
}

/**
 * Tells the page what happens.
 *
 * @param {HTMLElement} host
 * @param {string} what
 * @param {object} detail
 * @returns {boolean} whether the page lets it happen
 */
export function tell(host, what, detail) {
  return host.dispatchEvent(new CustomEvent(`searchlet-${what}`, { bubbles: true, composed: true, cancelable: true, detail }));
}
