/** What index.json says, checked before anything trusts its names. */
import { PUBLISH, damage, explained } from './explained.js';
import { Problem, fetchFile } from './problem.js';

/** @typedef {import('./contract.d.ts').Root} Root */

// The indexer writes the text of index.json in place of the mark when it publishes the bundle, so that the loader knows the
// names current at its build without a wait. The literal must stay in one piece and in double quotes.
const CARRIED = "@@ROOT@@";

// The form of index.json that this loader reads. A later form may rename what the loader relies on, so the loader refuses it.
const FORMAT = 1;

// Lower-case path segments without leading dots: a name cannot leave the bundle's folder, whatever the file says.
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
  return fetchFile(new URL('index.json', base), 'no-cache', (bytes) => parseRoot(new TextDecoder().decode(bytes))).catch(explained);
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
    // What is not JSON names nothing.
  }
  if (root && root.format !== FORMAT) {
    throw new Problem('format', `the search index has format ${root.format}, this page reads format ${FORMAT}; reload the page, else ${PUBLISH}`);
  }
  const { checksum, files, heads } = root ?? {};
  const names = [files?.engine, files?.view, files?.worker, files?.words ?? 'none'];
  for (const head of heads ?? []) names.push(head?.file);
  if (!heads?.length || !names.every((name) => typeof name === 'string' && NAME.test(name))) {
    throw new Problem('damaged', damage('index.json', 'does not name the files of a bundle'));
  }
  return { text, checksum, files, heads };
}
