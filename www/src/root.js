/** What index.json says, checked before anything trusts its names. */
import { Problem, fetchFile } from './problem.js';

/** @typedef {import('./contract.d.ts').Root} Root */

// The indexer writes the text of index.json in place of the mark when it publishes the bundle, so that the loader knows the
// names current at its build without a wait. The literal must stay in one piece and in double quotes.
const CARRIED = "@@ROOT@@";

// The form of index.json that this loader reads. A later form may rename what the loader relies on, so the loader refuses it.
const FORMAT = 1;

// Lower-case path segments without leading dots: a name cannot leave the bundle's folder, whatever the file says. That of
// a folder ends with a slash.
const NAME = /^[a-z0-9][\w-]*([./][a-z0-9][\w-]*)*\/?$/;

/** The names current at this loader's build, if it was published with a bundle. */
export function carriedRoot() {
  return CARRIED.startsWith('{') ? parseRoot(CARRIED) : undefined;
}

/**
 * The names that the site has now.
 *
 * @param {URL} base
 * @returns {Promise<Root>}
 */
export function fetchRoot(base) {
  return fetchFile(new URL('index.json', base), 'no-cache', (bytes) => parseRoot(new TextDecoder().decode(bytes)));
}

/**
 * @param {string} text
 * @returns {Root}
 */
export function parseRoot(text) {
  /** @type {any} */
  let root;
  try {
    root = JSON.parse(text);
  } catch {
    throw damaged('is not JSON');
  }
  if (typeof root?.format !== 'number') throw damaged('does not say its format');
  if (root.format !== FORMAT) {
    throw new Problem('format', `the search index has format ${root.format}, this page's searchlet.js reads format ${FORMAT}; `
      + 'reload the page, and if that does not help, publish searchlet.js together with its bundle');
  }
  const { checksum, files, heads } = root;
  // A bundle may be without words.
  const names = [files?.engine, files?.view, files?.worker, files?.words ?? 'none'];
  if (!Array.isArray(heads) || heads.length === 0) throw damaged('lists no heads');
  for (const head of heads) names.push(head?.file);
  for (const name of names) {
    if (typeof name !== 'string' || !NAME.test(name)) throw damaged('names a file that no bundle has');
  }
  return { text, checksum, files, heads };
}

/** @param {string} what */
function damaged(what) {
  return new Problem('damaged', `index.json of the search index ${what}; publish the whole bundle again`);
}
