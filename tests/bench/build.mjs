/** Makes the site of one engine: its index, measured while it is made, with a page to search it from. */
import { spawn } from 'node:child_process';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** GNU time asks the kernel what the largest process of a command held, which sampling from outside can miss. */
const TIME = '/usr/bin/time';

/** An index that takes longer than this is not waited for. */
const LONGEST = 45 * 60_000;

/**
 * What there is to read: the corpus, the same as HTML, the same as far as `corpus.mjs` reads it for the libraries.
 * @typedef {{ corpus: string, pages: string, readable: string, maxFiles?: number, language?: string }} Inputs
 */

/**
 * @typedef {{ seconds: number, peak: number | undefined, bytes: number, files: number }} Built
 */

/**
 * @param {import('./engines.mjs').Engine} engine
 * @param {Inputs} inputs
 * @param {string} site where everything goes; emptied first
 * @returns {Promise<Built>}
 */
export async function buildSite(engine, inputs, site) {
  await rm(site, { recursive: true, force: true });
  await mkdir(site, { recursive: true });
  const out = join(site, engine.bundle);
  const measured = await run(engine.command({ ...inputs, out }), join(site, '..', `${engine.name}.time`), engine.ends);
  if (engine.whole) bundleLibrary(engine.name, join(out, 'engine.js'));
  await furnish(engine, site, inputs.language);
  return { ...measured, ...await size(out) };
}

/**
 * The page that an index is searched from, with what it is driven by.
 *
 * @param {import('./engines.mjs').Engine} engine
 * @param {string} site
 * @param {string} [language] of the documents: a page is in the language of its site, and some engines go by it
 */
export async function furnish(engine, site, language = 'en') {
  const page = await readFile(join(HERE, 'page.html'), 'utf8');
  await writeFile(join(site, 'page.html'), page.replace('lang="en"', `lang="${language}"`));
  // The adapter's file is one that costs nothing, so what it imports for itself goes inside it.
  buildSync({
    entryPoints: [join(HERE, 'adapters', `${engine.adapter}.js`)],
    outfile: join(site, 'adapter.js'),
    bundle: true,
    format: 'esm',
    external: ['./searchlet/*', './pagefind/*', './library/*'],
  });
}

/**
 * One file of what a page needs to search, as a site's own bundler would make it.
 *
 * @param {string} name
 * @param {string} outfile
 */
function bundleLibrary(name, outfile) {
  const contents = `export { load } from './libraries/${name}.mjs';`;
  buildSync({ stdin: { contents, resolveDir: HERE }, outfile, bundle: true, minify: true, format: 'esm' });
}

/**
 * Runs a command alone, by the wall's clock.
 *
 * @param {string[]} command
 * @param {string} report a file for the measured memory
 * @param {readonly number[]} allowed how it may end
 */
async function run(command, report, allowed) {
  const measures = await stat(TIME).then(() => true, () => false);
  const [program, ...rest] = measures ? [TIME, '-f', '%M', '-o', report, ...command] : command;
  const from = performance.now();
  const { status, said } = await new Promise((done, fail) => {
    const child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'pipe'], timeout: LONGEST });
    let said = '';
    child.stderr.on('data', (text) => (said = (said + text).slice(-4000)));
    child.on('error', fail);
    child.on('close', (status) => done({ status, said }));
  });
  const seconds = (performance.now() - from) / 1000;
  if (!allowed.includes(status)) throw new Error(`${basename(command[0])} ended with ${status ?? 'a signal'}: ${said.trim()}`);
  // Before its figure stands a line about the command's status, if that was not 0.
  const peak = measures ? Number((await readFile(report, 'utf8')).trim().split('\n').at(-1)) * 1024 : undefined;
  await rm(report, { force: true });
  return { seconds, peak };
}

/** @param {string} folder */
async function size(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  let bytes = 0;
  for (const file of files) bytes += (await stat(join(file.parentPath ?? file.path, file.name))).size;
  return { bytes, files: files.length };
}
