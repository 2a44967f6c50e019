/** An error that tells a person what happened. */

/**
 * What can go wrong with a bundle, by `code`: `offline` (no answer from the host), `missing` (the host has no such file),
 * `damaged` (the bytes are not what was published), `format` and `analyser` (made by another version), `stale` (the site was
 * published anew), `blocked` (the page's policy forbids WebAssembly), `crashed` (the engine stopped), `failed` (anything else).
 */
export class Problem extends Error {
  /**
   * @param {string} code
   * @param {string} message starts lower-case and ends with what to do next
   */
  constructor(code, message) {
    super(message);
    this.name = 'SearchletError';
    this.code = code;
  }
}

/**
 * Fetches a file of the bundle, or says why that cannot be done.
 *
 * @param {URL} url
 * @param {RequestCache} cache
 * @returns {Promise<Response>}
 */
export async function fetchFile(url, cache) {
  const name = fileName(url);
  let response;
  try {
    response = await fetch(url, { cache, credentials: 'same-origin' });
  } catch {
    throw new Problem('offline', `${name} of the search index could not be reached; check the connection, then search again`);
  }
  if (response.ok) return response;
  if (response.status === 404 || response.status === 410) {
    throw new Problem('missing', `${name} of the search index is not on this site (${response.status}); publish the whole bundle again`);
  }
  throw new Problem('offline', `the site answered ${response.status} for ${name} of the search index; try again in a while`);
}

/** @param {URL} url */
export function fileName(url) {
  return url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
}
