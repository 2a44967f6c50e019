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
 * @property {number | undefined} [status] of the answer; 200 where it is a page in place of the file
 * @property {number | undefined} [rest] how long to wait at least before it may have passed; absent when it will not pass
 * @property {string[] | undefined} [roots] the index.json of each bundle, when one of them is stale
 */

/** How long to wait before a file is asked for again: hiccups are short, and a host in trouble needs rest. */
const PAUSES_MS = [300, 1200];

/** A host may ask for a longer rest, but no reader waits longer than this. */
const LONGEST_PAUSE_MS = 5000;

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
  for (const pause of PAUSES_MS) {
    try {
      return await fetchOnce(url, cache, read, signal);
    } catch (/** @type {any} */ problem) {
      if (problem.rest === undefined) throw problem;
      // The copy in the browser's cache may be the damaged one.
      if (problem.code === 'damaged') cache = 'reload';
      await new Promise((wake) => setTimeout(wake, Math.min(Math.max(pause, problem.rest), LONGEST_PAUSE_MS)));
    }
  }
  return fetchOnce(url, cache, read, signal);
}

/**
 * Throws a problem with a `rest` in milliseconds when asking again may help.
 *
 * @template T
 * @param {URL} url
 * @param {RequestCache} cache
 * @param {(bytes: ArrayBuffer) => T | Promise<T>} read
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<T>}
 */
async function fetchOnce(url, cache, read, signal) {
  const file = url.pathname.replace(/.*\//, '');
  let response;
  let bytes;
  try {
    response = await fetch(url, { cache, signal: signal ?? null });
    bytes = await response.arrayBuffer();
  } catch {
    signal?.throwIfAborted();
    throw new Problem('offline', '', { file, rest: 0 });
  }
  const { ok, status, headers } = response;
  if (ok) {
    try {
      return await read(bytes);
    } catch (/** @type {any} */ error) {
      if (error.code !== 'damaged') throw error;
      const isPage = headers.get('content-type')?.startsWith('text/html');
      throw new Problem('damaged', isPage ? '' : error.message, { file, status, rest: 0 });
    }
  }
  const gone = status === 404 || status === 410;
  const passes = status > 499 || status === 429 || status === 408;
  throw new Problem(gone ? 'missing' : 'offline', '', { file, status, rest: passes ? Number(headers.get('retry-after')) * 1000 || 0 : undefined });
}
