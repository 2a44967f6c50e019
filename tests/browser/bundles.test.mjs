// Several bundles are searched as one; of several languages that of the page comes first.

import assert from 'node:assert/strict';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { rootOf, searchlet, folder, page, siteOf, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {string} */ let site;
/** @type {string} */ let other;

const GUIDE = { 'start.txt': 'Lanterns\n\nHow to light a lantern.', 'oil.txt': 'Oil\n\nA lantern burns oil, and nothing else.' };
const BLOG = { 'trip.txt': 'A trip\n\nWe took one lantern along, and a boat.', 'boat.txt': 'Boats\n\nA boat needs no wind.' };

before(async () => {
  browser = await startBrowser();
  [site, other] = await Promise.all([siteOf(GUIDE), siteOf(BLOG)]);
  await cp(other, join(site, 'blog'), { recursive: true });
});
after(async () => {
  await browser.close();
  await sweep();
});

/**
 * @param {Reader} reader
 * @param {unknown} bundles
 * @param {string} query
 * @param {object} [options]
 */
function ask(reader, bundles, query, options) {
  return reader.page.evaluate(async (bundles, query, options) => {
    const { open } = await import(/** @type {any} */ ('./searchlet/searchlet.js'));
    const index = await open(bundles, options);
    const found = await index.search(query);
    const completed = await index.suggest('lant');
    index.close();
    return { total: found.total, complete: found.complete, completed, hits: found.hits.map((/** @type {any} */ { url, href, bundle, score }) => ({ url, href, bundle, score })) };
  }, bundles, query, options);
}

test('two bundles answer as one, each hit leads to its own site', async () => {
  const host = await serve(site);
  const reader = await Reader.at(browser, host.url);
  const found = await ask(reader, ['searchlet/', { base: 'blog/searchlet/' }], 'lantern');
  assert.equal(found.total, 3);
  assert.equal(found.complete, true);
  assert.deepEqual(found.completed.map((/** @type {any} */ { text, total }) => [text, total]), [['lantern', 3]]);
  const led = Object.fromEntries(found.hits.map(({ url, href, bundle }) => [url, [href.slice(host.url.length), bundle]]));
  assert.deepEqual(led, { 'start.txt': ['start.txt', undefined], 'oil.txt': ['oil.txt', undefined], 'trip.txt': ['blog/trip.txt', 1] });
  const again = await ask(reader, ['searchlet/', { base: 'blog/searchlet/' }], 'lantern');
  assert.deepEqual(again.hits, found.hits);
  await reader.leave();
  await host.stop();
});

test('a word weighs by how rare it is in all bundles', async () => {
  const host = await serve(site);
  const reader = await Reader.at(browser, host.url);
  const scores = async (/** @type {string[]} */ ...bundles) => {
    const { hits } = await ask(reader, bundles, 'lantern');
    return Object.fromEntries(hits.map(({ url, score }) => [url, score]));
  };
  const [one, both, turned] = [await scores('blog/searchlet/'), await scores('searchlet/', 'blog/searchlet/'), await scores('blog/searchlet/', 'searchlet/')];
  assert.ok((both['trip.txt'] ?? 0) < (one['trip.txt'] ?? 0), 'three of four documents have it, where alone it was one of two');
  assert.deepEqual(turned, both);
  await reader.leave();
  await host.stop();
});

test('an element takes a list of bundles', async () => {
  await page(site, 'both.html', '<searchlet-box base="searchlet/ blog/searchlet/" site="/ /elsewhere/"></searchlet-box>');
  const host = await serve(site);
  const reader = await Reader.at(browser, `${host.url}both.html`);
  const hits = await reader.search('boat');
  assert.deepEqual(hits.map(({ href }) => href.slice(host.url.length)).sort(), ['elsewhere/boat.txt', 'elsewhere/trip.txt']);
  await reader.leave();
  await host.stop();
});

test('one of the bundles is published anew after it was opened', async () => {
  const own = await folder();
  await cp(site, own, { recursive: true });
  const host = await serve(own);
  const reader = await Reader.at(browser, host.url);
  await reader.page.evaluate(async () => {
    const { open } = await import(/** @type {any} */ ('./searchlet/searchlet.js'));
    /** @type {any} */ (globalThis).index = await open(['searchlet/', 'blog/searchlet/']);
  });
  const sources = await folder();
  await writeFile(join(sources, 'net.txt'), 'Nets\n\nA net and a lantern.');
  // Twice, because the parts of the last bundle but one are kept.
  for (const more of ['Stars', 'Stars and moons']) {
    await writeFile(join(sources, 'stars.txt'), `${more}\n\nNo lamp is needed.`);
    await searchlet('index', sources, '-o', join(own, 'blog', 'searchlet'));
  }
  const { complete, urls } = await reader.page.evaluate(async () => {
    const found = await /** @type {any} */ (globalThis).index.search('lantern');
    return { complete: found.complete, urls: found.hits.map((/** @type {any} */ { url }) => url).sort() };
  });
  assert.equal(complete, true);
  assert.deepEqual(urls, ['net.txt', 'oil.txt', 'start.txt']);
  await reader.leave();
  await host.stop();
});

test('the language of the page is searched first, all of them on request', async () => {
  const sources = await folder();
  await writeFile(join(sources, 'haus.html'), '<html lang="de"><title>Das Haus</title><body><p>Ein Haus in Hamburg.</p>');
  await writeFile(join(sources, 'house.html'), '<html lang="en"><title>The house</title><body><p>A house in Hamburg.</p>');
  const own = await folder();
  await searchlet('index', sources, '-o', join(own, 'searchlet'));
  await page(own, 'index.html', '');
  assert.equal((await rootOf(own)).heads.length, 2);
  const host = await serve(own);
  const reader = await Reader.at(browser, host.url);
  const urls = async (/** @type {object} */ options) => (await ask(reader, options, 'hamburg')).hits.map(({ url }) => url).sort();
  assert.deepEqual(await urls({}), ['house.html']);
  assert.deepEqual(await urls({ language: 'de-AT' }), ['haus.html']);
  assert.deepEqual(await urls({ language: '*' }), ['haus.html', 'house.html']);
  assert.deepEqual(await urls({ language: 'fr' }), ['haus.html', 'house.html'], 'no document is in that language');
  await reader.leave();
  await host.stop();
});
