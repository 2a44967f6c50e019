// One script searches pages that are opened from a file, with nothing beside it.

import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { findFirefox, startChromium, startFirefox } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { folder, searchlet, siteOf, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let chromium;
/** @type {string} */ let site;

const CSP = "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'";
const DOCUMENTS = {
  'apples.html': '<title>Apples</title><main><h1>Apples</h1><p>All about apples.',
  'pears/index.html': '<title>Pears</title><main><h1>Pears</h1><p>All about pears, which are no apples.',
};

before(async () => {
  [chromium, site] = await Promise.all([startChromium(), folder()]);
  const made = await siteOf(DOCUMENTS);
  await searchlet('pack', join(made, 'searchlet'), '-o', join(site, 'search.js'));
  for (const [name, depth] of [['index.html', ''], ['deep/in/it.html', '../../']]) {
    await page(join(site, name), `${depth}search.js?v=1`);
  }
});
after(async () => {
  await chromium.close();
  await sweep();
});

/**
 * @param {string} path
 * @param {string} script
 */
async function page(path, script) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${CSP}">
<title>A page</title><script src="${script}"></script><body><searchlet-box></searchlet-box>`);
}

/**
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} name
 */
async function searchesFromFile(browser, name) {
  const reader = await Reader.at(browser, pathToFileURL(join(site, name)).href);
  const hits = await reader.search('pears');
  assert.deepEqual(hits.map(({ title, href }) => [title, href]), [['Pears', pathToFileURL(join(site, 'pears/index.html')).href]]);
  assert.equal((await reader.search('appels')).length, 2, 'a misspelt word');
  const found = await reader.page.evaluate(async () => {
    const index = await /** @type {any} */ (globalThis).searchlet.open();
    const { total, complete } = await index.search('about');
    index.close();
    return { total, complete };
  });
  assert.deepEqual(found, { total: 2, complete: true });
  await reader.leave();
}

for (const name of ['index.html', 'deep/in/it.html']) {
  test(`Chromium searches ${name} from a file`, () => searchesFromFile(chromium, name));
}

const firefox = findFirefox();
if (firefox) {
  test('Firefox searches from a file', async () => {
    const browser = await startFirefox(firefox);
    try {
      await searchesFromFile(browser, 'deep/in/it.html');
    } finally {
      await browser.close();
    }
  });
}

test('from a host the script asks for nothing else', async () => {
  const host = await serve(site);
  const reader = await Reader.at(chromium, host.url);
  assert.equal((await reader.search('about'))[0]?.href.startsWith(host.url), true);
  await reader.leave();
  assert.deepEqual(host.requests.filter((path) => path !== '/favicon.ico').sort(), ['/', '/search.js']);
  await host.stop();
});

test('a script with a damaged file says so', async () => {
  const text = await readFile(join(site, 'search.js'), 'utf8');
  const own = await folder();
  // The first letters of the head stay: it is one, and not as it was written.
  await writeFile(join(own, 'search.js'), text.replace(/(\.head":"[^"]{40})[^"]{8}/, '$1AAAAAAAA'));
  await page(join(own, 'index.html'), 'search.js');
  const reader = await Reader.at(chromium, pathToFileURL(join(own, 'index.html')).href);
  await reader.type('apples');
  await reader.hears(/not available|cannot start|may be missing/);
  await reader.leave();
});
