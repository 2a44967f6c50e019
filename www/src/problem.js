/** Files of the bundle, or an error that tells why they cannot be had. */

/**
 * What can go wrong with a bundle, by `code`: `offline` (no answer from the host), `missing` (the host has no such file),
 * `damaged` (the bytes are not what was published), `format` and `analyser` (made by another version), `stale` (the site was
 * published anew), `blocked` (the page's policy forbids WebAssembly), `options` (a filter makes no sense), `crashed` (the
 * engine stopped).
 */
export class Problem extends Error {
  /**
   * @param {string} code
   * @param {string} [message] starts lower-case and ends with what to do next; that of a file is made by `explained`
   * @param {Details} [details]
   */
  constructor(code, message, details) {
    super(message);
    this.name = 'SearchletError';
    this.code = code;
    Object.assign(this, details);
  }
}

/**
 * @typedef {object} Details
 * @property {string | undefined} [file] which could not be had
 * @property {number | undefined} [status] of the answer
 * @property {string[] | undefined} [roots] the index.json of each bundle, when one of them is stale
 */

/** How long to wait before a file is asked for again: hiccups are short, a host in trouble needs rest, and none is asked for ever. */
const PAUSES_MS = [300, 1200, 0];

/** A host may ask for a longer rest, but no reader waits longer than this. */
const LONGEST_PAUSE_MS = 5000;

/** A connection on which no answer begins is taken for dead, and given up for another. */
export const LONGEST_WAIT_MS = 30_000;

/**
 * Fetches a file of the bundle, again when that may help: not when the host has no such file.
 *
 * @template T
 * @param {URL} url
 * @param {RequestCache} cache
 * @param {(bytes: ArrayBuffer) => T | Promise<T>} read makes of the bytes what is wanted; throws `damaged` when it cannot
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export async function fetchFile(url, cache, read, signal) {
  const file = url.pathname.replace(/.*\//, '');
  const unreached = () => {
    signal?.throwIfAborted();
    throw new Problem('offline', '', { file });
  };
  for (const pause of PAUSES_MS) {
    let headers;
    try {
      const silence = new AbortController();
      const timer = setTimeout(() => silence.abort(), LONGEST_WAIT_MS);
      const response = await fetch(url, { cache, signal: AbortSignal.any(signal ? [signal, silence.signal] : [silence.signal]) }).catch(unreached);
      clearTimeout(timer);
      const bytes = await response.arrayBuffer().catch(unreached);
      const { ok, status } = response;
      headers = response.headers;
      if (ok) return await read(bytes);
      throw new Problem(status === 404 || status === 410 ? 'missing' : 'offline', '', { file, status });
    } catch (/** @type {any} */ problem) {
      const isDamaged = problem.code === 'damaged';
      if (isDamaged) {
        // The copy in the browser's cache may be the damaged one.
        cache = 'reload';
        if (headers?.get('content-type')?.startsWith('text/html')) Object.assign(problem, { file, message: '' });
      }
      const { code, status } = problem;
      const passes = isDamaged || (code === 'offline' && (status === undefined || status > 499 || status === 429 || status === 408));
      if (!pause || !passes) throw problem;
      const rest = Number(headers?.get('retry-after')) * 1000 || 0;
      await new Promise((wake) => setTimeout(wake, Math.min(Math.max(pause, rest), LONGEST_PAUSE_MS)));
    }
  }
  // The last round gives or throws.
  return /** @type {never} */ (undefined);
}
