// Builds sites with the command-line program, as their owners do.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const house = fileURLToPath(new URL('../../', import.meta.url));
const demo = join(house, 'www', 'demo');

export const CERT = '001_54c65e376eacef12.txt';

/** Folders made here, for {@link sweep}. @type {string[]} */
const made = [];

export async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'searchlet-'));
  made.push(path);
  return path;
}

/** Removes what the tests of one file made. */
export async function sweep() {
  await Promise.all(made.splice(0).map((path) => rm(path, { recursive: true, force: true })));
}

/**
 * Runs the program.
 *
 * @param {string[]} options
 */
export async function searchlet(...options) {
  assert.ok(env.SEARCHLET, 'SEARCHLET must say where the searchlet program is');
  const { stdout } = await run(env.SEARCHLET, options, { maxBuffer: 1 << 26, env: { ...env, SEARCHLET_NO_CACHE: 'true' } });
  return stdout;
}

/**
 * The demo site, as `cargo xtask demo` lays it out; unless it is to work offline without its service worker, which would
 * stand between a page and what a test has the host do.
 */
export async function demoSite({ offline = false } = {}) {
  const site = await folder();
  const worker = offline ? ['--service-worker', join(site, 'searchlet-sw.js')] : [];
  await searchlet('index', join(house, 'seeds'), '-o', join(site, 'searchlet'), '--pages', site, '--pages-template', join(demo, 'page.html'), ...worker);
  await cp(demo, site, { recursive: true, filter: (path) => basename(path) !== 'page.html' });
  if (offline) return site;
  for (const name of await readdir(site, { recursive: true })) {
    if (!name.endsWith('.html')) continue;
    const html = await readFile(join(site, name), 'utf8');
    await writeFile(join(site, name), html.replace(/ service-worker="[^"]*"/, ''));
  }
  return site;
}

/**
 * A site with one page that has a box, over documents of the test's own.
 *
 * @param {Record<string, string>} documents by name
 * @param {string} body
 */
export async function siteOf(documents, body = '<searchlet-box></searchlet-box>', head = '') {
  const site = await folder();
  const sources = await folder();
  for (const [name, text] of Object.entries(documents)) {
    await mkdir(dirname(join(sources, name)), { recursive: true });
    await writeFile(join(sources, name), text);
  }
  await searchlet('index', sources, '-o', join(site, 'searchlet'));
  await page(site, 'index.html', body, head);
  return site;
}

/**
 * @param {string} site
 * @param {string} name
 * @param {string} body
 */
export async function page(site, name, body, head = '') {
  await writeFile(join(site, name), `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>${head}
<script type="module" src="searchlet/searchlet.js"></script><body>${body}`);
}

/** @param {string} site */
export async function copyOf(site) {
  const copy = await folder();
  await cp(site, copy, { recursive: true });
  return copy;
}

/** @param {string} site */
export async function rootOf(site) {
  return JSON.parse(await readFile(join(site, 'searchlet', 'index.json'), 'utf8'));
}
