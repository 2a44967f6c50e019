/** The files of a bundle that lie in the script itself, which a page gets at without a host. */
import { SCRIPT_URL } from './script-url.js';

// `searchlet pack` writes them in place of the mark: base64 by name. A zip and a host's compression take from base64 what it
// adds, and a text is what a browser reads fastest. The literal must stay in one piece and in double quotes.
/** @type {any} */
const FILES = "@@FILES@@";

/**
 * Takes the place of `fetch` in the script: answers for the files in it, and leaves all others to the browser.
 *
 * @param {string | URL} url
 * @param {RequestInit} [init]
 * @returns {Promise<Response>}
 */
export async function packedFetch(url, init) {
  const { href } = new URL(url);
  if (!href.startsWith(SCRIPT_URL)) return globalThis.fetch(url, init);
  const name = href.slice(SCRIPT_URL.length);
  if (!Object.hasOwn(FILES, name)) return new Response(null, { status: 404 });
  const bytes = Uint8Array.from(atob(FILES[name]), (letter) => letter.charCodeAt(0));
  // Parts and heads are deflated as they are; the engine is for the script's sake.
  if (!name.endsWith('.wasm')) return new Response(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')));
}
