/** An opened index, as the page that searches it knows it. */
import { addAddresses } from './address.js';
import { launch } from './engine.js';
import { carriedRoot, fetchRoot, parseRoot } from './root.js';
import { folderOf, sources } from './sources.js';

/** @typedef {import('./contract.d.ts').Found} Found */
/** @typedef {import('./contract.d.ts').OpenOptions} OpenOptions */
/** @typedef {import('./contract.d.ts').BundleOptions} BundleOptions */
/** @typedef {import('./contract.d.ts').SearchOptions} SearchOptions */
/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./engine.js').Settings} Settings */

/** @typedef {import('./contract.d.ts').Index} Index */

/**
 * Opens a bundle, or several that are searched as one.
 *
 * Costs one engine (about 80 kB once, then from the browser's cache) plus the heads, fetched at the same time.
 * Rejects with an error that has a `code` (see {@link Problem}) together with a message for people.
 *
 * @example
 * const index = await open();
 * const found = await index.search('asean cert', { limit: 10 });
 *
 * @param {OpenOptions | (BundleOptions | string | URL)[]} [bundles] one bundle with the options, or a list of bundles
 * @param {OpenOptions} [options] for a list
 * @returns {Promise<Index>}
 */
export async function open(bundles = {}, options = {}) {
  const { language = document.documentElement.lang, worker = true } = Array.isArray(bundles) ? options : bundles;
  /** @type {Settings} */
  const settings = { bundles: [bundles].flat().map(located), language, worker };
  /** @type {WeakMap<object, AbortController>} */
  const newest = new WeakMap();
  let closed = false;
  /** @type {Promise<Engine> | undefined} */
  let current = connect(settings);

  /**
   * Asks the engine, and once more when it was started again: after a crash, or because the site was published anew and the
   * files that the old index.json names are gone.
   *
   * @param {object} call
   * @param {AbortSignal} signal
   */
  const ask = async (call, signal) => {
    for (let again = false; ; again = true) {
      if (closed) throw aborted('the index was closed');
      // After a failure to open, the next search tries anew: the connection may be back.
      const running = (current ??= connect(settings));
      try {
        /** @type {Promise<never>} */
        const leave = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        const engine = await Promise.race([running, leave]);
        signal.throwIfAborted();
        return await engine.ask(call, signal);
      } catch (/** @type {any} */ error) {
        signal.throwIfAborted();
        const restart = error.code === 'stale' || error.code === 'crashed';
        const failedToOpen = await running.then(() => false, () => true);
        // Another call may have replaced this engine already.
        if (current === running && (restart || failedToOpen)) {
          stop(running, error);
          current = undefined;
          if (restart && !again && !closed) {
            // Who found a bundle stale had the new index.json in hand.
            current = connect(settings, error.roots);
            current.catch(() => {});
          }
        }
        if (!restart || again) throw error;
      }
    }
  };

  await current;
  return {
    /**
     * Finds documents. Only the latest search of one `asker` is answered: a newer one makes an older one that is still running
     * reject with an `AbortError`, as does `options.signal`.
     *
     * @param {string} query
     * @param {SearchOptions} [options]
     * @returns {Promise<Found>}
     */
    async search(query, { signal, asker = newest, ...options } = {}) {
      signal?.throwIfAborted();
      newest.get(asker)?.abort(aborted('a newer search took its place'));
      const own = new AbortController();
      newest.set(asker, own);
      const started = performance.now();
      const { query: asked, total, complete, ...rest } = await ask({ call: 'search', text: query, options }, AbortSignal.any(signal ? [signal, own.signal] : [own.signal]));
      const took_ms = Math.round((performance.now() - started) * 10) / 10;
      const found = { query: asked, total, complete, took_ms, ...rest };
      addAddresses(found, settings.bundles);
      return found;
    },

    /** Completes what is being typed. */
    async suggest(text, { signal = new AbortController().signal, ...options } = {}) {
      signal.throwIfAborted();
      return ask({ call: 'suggest', text, options }, signal);
    },

    /** Ends the engine; what is still running rejects with an `AbortError`. */
    close() {
      closed = true;
      stop(current);
    },
  };
}

/** @param {string} why */
function aborted(why) {
  return new DOMException(why, 'AbortError');
}

/**
 * @param {BundleOptions | string | URL} bundle
 * @returns {import('./engine.js').Bundle}
 */
function located(bundle) {
  const { base = sources.base, site } = typeof bundle === 'string' || bundle instanceof URL ? { base: bundle } : bundle;
  const folder = folderOf(base);
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
  } catch (/** @type {any} */ error) {
    // Without a connection the bundle may still be whole in the browser's cache, and every name in it says its content.
    if (error.code === 'offline') return early;
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
function stop(running, reason = aborted('the index was closed')) {
  running?.then((engine) => engine.close(reason), () => {});
}
