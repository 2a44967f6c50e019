/** Who is compared: how each makes its index, and which adapter a page opens it by. */
import { readFile } from 'node:fs/promises';
import { execPath, env } from 'node:process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {string} title
 * @property {string} adapter a module of `adapters/`
 * @property {string} bundle the folder of the site that holds what a reader downloads
 * @property {boolean} whole whether all of the index is loaded before the first search
 * @property {readonly number[]} ends the exit codes after which there is an index
 * @property {string} [npm] the package that it is from
 * @property {(inputs: import('./build.mjs').Inputs & { out: string }) => string[]} command
 */

/** @type {Engine} */
const SEARCHLET = {
  name: 'searchlet',
  title: 'Searchlet',
  adapter: 'searchlet',
  bundle: 'searchlet',
  whole: false,
  // 1 says that documents were left out.
  ends: [0, 1],
  command: ({ corpus, out, maxFiles }) => [
    env.SEARCHLET ?? 'searchlet', 'index', corpus, '-o', out, '--quiet', '--no-cache', ...(maxFiles ? ['--max-files', String(maxFiles)] : []),
  ],
};

/** @type {Engine} */
const PAGEFIND = {
  name: 'pagefind',
  title: 'Pagefind',
  adapter: 'pagefind',
  bundle: 'pagefind',
  whole: false,
  ends: [0],
  npm: 'pagefind',
  command: ({ pages, out }) => [
    execPath, join(HERE, 'node_modules/pagefind/lib/runner/bin.cjs'), '--site', pages, '--output-path', out, '--quiet',
  ],
};

/**
 * @param {string} name
 * @param {string} title
 * @param {string} npm
 * @returns {Engine}
 */
function library(name, title, npm = name) {
  return {
    name,
    title,
    adapter: 'library',
    bundle: 'library',
    whole: true,
    ends: [0],
    npm,
    // Node's own bound would end a large build that the machine has memory for.
    command: ({ readable, out }) => [execPath, '--max-old-space-size=12000', join(HERE, 'library.mjs'), name, readable, out],
  };
}

/** The first is ours, the second is what the others are measured by. */
export const ENGINES = [
  SEARCHLET,
  PAGEFIND,
  library('minisearch', 'MiniSearch'),
  library('flexsearch', 'FlexSearch'),
  library('orama', 'Orama', '@orama/orama'),
  library('lunr', 'Lunr'),
];

/**
 * Ours, with the peers that were named, separated by commas: all of them unless told.
 *
 * @param {string | undefined} peers
 */
export function enginesOf(peers) {
  const wanted = peers?.split(',').map((peer) => peer.trim()).filter(Boolean);
  const strange = wanted?.find((peer) => !ENGINES.some((engine) => engine.name === peer));
  if (strange) throw new Error(`there is no peer ${strange}: choose among ${ENGINES.slice(1).map((it) => it.name).join(', ')}`);
  return ENGINES.filter((engine, place) => place === 0 || !wanted || wanted.includes(engine.name));
}

/**
 * The version that is installed.
 *
 * @param {Engine} engine
 * @returns {Promise<string>}
 */
export async function version({ npm }) {
  const manifest = npm && join(HERE, 'node_modules', npm, 'package.json');
  return manifest ? JSON.parse(await readFile(manifest, 'utf8')).version : env.SEARCHLET_VERSION ?? '';
}
