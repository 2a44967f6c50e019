/** An opened index, as the page that searches it knows it. */
import { addAddresses } from './address.js';
import { launch } from './engine.js';
import { Problem } from './problem.js';
import { carriedRoot, fetchRoot, parseRoot } from './root.js';
import { sources } from './sources.js';

/** @typedef {import('./contract.d.ts').Found} Found */
/** @typedef {import('./contract.d.ts').Suggestion} Suggestion */
/** @typedef {import('./contract.d.ts').OpenOptions} OpenOptions */
/** @typedef {import('./contract.d.ts').BundleOptions} BundleOptions */
/** @typedef {import('./contract.d.ts').SearchOptions} SearchOptions */
/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./engine.js').Settings} Settings */

/**
 * Opens a bundle, or several that are searched as one.
 *
 * Costs one engine (about 50 kB once, then from the browser's cache) plus the heads, fetched at the same time.
 * Rejects with an error that has a `code` (see {@link Problem}) together with a message for people.
 *
 * @example
 * const index = await open();
 * const found = await index.search('asean cert', { limit: 10 });
 *
 * @param {OpenOptions | (BundleOptions | string | URL)[]} [bundles] one bundle with the options, or a list of bundles
 * @param {OpenOptions} [options] for a list
 * @returns {Promise<OpenedIndex>}
 */
export async function open(bundles, options) {
  const index = new OpenedIndex(bundles, options);
  await index.ready();
  return index;
}

/** @typedef {import('./contract.d.ts').Index} Index */

/** @implements {Index} */
export class OpenedIndex {
  /** @type {Settings} */
  #settings;
  /** @type {Promise<Engine> | undefined} */
  #running;
  #newest = new AbortController();
  #closed = false;

  /**
   * @param {OpenOptions | (BundleOptions | string | URL)[]} [bundles]
   * @param {OpenOptions} [options]
   */
  constructor(bundles = {}, options = {}) {
    const { language = document.documentElement.lang, worker = true } = Array.isArray(bundles) ? options : bundles;
    this.#settings = { bundles: [bundles].flat().map(located), language, worker };
    this.#running = connect(this.#settings);
    this.#running.catch(() => {});
  }

  async ready() {
    await this.#running;
  }

  /**
   * Finds documents. Only the latest search is answered: a newer one makes an older one that is still running reject with an
   * `AbortError`, as does `options.signal`.
   *
   * @param {string} query
   * @param {SearchOptions} [options]
   * @returns {Promise<Found>}
   */
  async search(query, { signal, ...options } = {}) {
    signal?.throwIfAborted();
    this.#newest.abort(new DOMException('a newer search took its place', 'AbortError'));
    this.#newest = new AbortController();
    const started = performance.now();
    const abort = signal ? AbortSignal.any([signal, this.#newest.signal]) : this.#newest.signal;
    const { query: asked, total, complete, ...rest } = await this.#ask({ call: 'search', text: query, options }, abort);
    const took_ms = Math.round((performance.now() - started) * 10) / 10;
    const found = { query: asked, total, complete, took_ms, ...rest };
    addAddresses(found, this.#settings.bundles);
    return found;
  }

  /**
   * Completes what is being typed.
   *
   * @param {string} text
   * @param {{ limit?: number, signal?: AbortSignal }} [options]
   * @returns {Promise<Suggestion[]>}
   */
  async suggest(text, { signal, ...options } = {}) {
    signal?.throwIfAborted();
    return this.#ask({ call: 'suggest', text, options }, signal ?? new AbortController().signal);
  }

  /** Ends the engine; what is still running rejects with an `AbortError`. */
  close() {
    this.#closed = true;
    this.#newest.abort(new DOMException('the index was closed', 'AbortError'));
    stop(this.#running);
  }

  /**
   * Asks the engine, and once more when it was started again: after a crash, or because the site was published anew and the
   * files that the old index.json names are gone.
   *
   * @param {object} call
   * @param {AbortSignal} signal
   */
  async #ask(call, signal) {
    for (let again = false; ; again = true) {
      if (this.#closed) throw new DOMException('the index was closed', 'AbortError');
      // After a failure to open, the next search tries anew: the connection may be back.
      const running = (this.#running ??= connect(this.#settings));
      try {
        const engine = await abortable(running, signal);
        return await engine.ask(call, signal);
      } catch (/** @type {any} */ error) {
        if (signal.aborted) throw signal.reason;
        const code = error instanceof Problem ? error.code : '';
        const restart = code === 'crashed' || code === 'stale';
        const failedToOpen = await running.then(() => false, () => true);
        // Another call may have replaced this engine already.
        if (this.#running === running && (restart || failedToOpen)) {
          stop(running, error);
          this.#running = undefined;
          if (restart && !again && !this.#closed) {
            // Who found a bundle stale had the new index.json in hand.
            this.#running = connect(this.#settings, error.roots);
            this.#running.catch(() => {});
          }
        }
        if (!restart || again) throw error;
      }
    }
  }
}

/**
 * @param {BundleOptions | string | URL} bundle
 * @returns {import('./engine.js').Bundle}
 */
function located(bundle) {
  const { base = sources.base, site } = typeof bundle === 'string' || bundle instanceof URL ? { base: bundle } : bundle;
  const folder = new URL(base, document.baseURI);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return { base: folder, site: new URL(site ?? new URL('..', folder), document.baseURI) };
}

/**
 * Starts from the names that the loader carries, while index.json is fetched; its names outrank the loader's.
 *
 * @param {Settings} settings
 * @param {string[]} [texts] of the index.json of each bundle, when they have just been fetched
 * @returns {Promise<Engine>}
 */
async function connect(settings, texts) {
  if (texts) return launch(texts.map(parseRoot), settings);
  const { bundles } = settings;
  const current = Promise.all(bundles.map(({ base }) => fetchRoot(base)));
  // A loader knows the names of its own bundle only.
  const carried = bundles.every(({ base }) => base.href === sources.base.href) && carriedRoot();
  if (!carried) return launch(await current, settings);
  const early = launch(bundles.map(() => carried), settings);
  early.catch(() => {});
  let roots;
  try {
    roots = await current;
  } catch (error) {
    // Without a connection the bundle may still be whole in the browser's cache, and every name in it says its content.
    if (error instanceof Problem && error.code === 'offline') return early;
    stop(early);
    throw error;
  }
  if (roots[0]?.checksum === carried.checksum) return early;
  stop(early);
  return launch(roots, settings);
}

/**
 * @param {Promise<Engine> | undefined} running
 * @param {unknown} [reason] for those who wait: after one that leads to a restart, each asks again
 */
function stop(running, reason = new DOMException('the index was closed', 'AbortError')) {
  running?.then((engine) => engine.close(reason), () => {});
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
function abortable(promise, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) throw signal.reason;
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}
