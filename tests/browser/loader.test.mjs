// The loader fetches what is wanted when it is wanted, answers the latest search, survives its engine.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { joined } from '../../www/build.mjs';
import { startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { faults, serve } from './server.mjs';
import { copyOf, demoSite, page, rootOf, siteOf, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let host;
/** @type {string} */ let site;

before(async () => {
  [browser, site] = await Promise.all([startBrowser(), demoSite()]);
  host = await serve(site);
});
after(async () => {
  await browser.close();
  await host.stop();
  await sweep();
});

/** @param {string[]} requests */
function ofBundle(requests) {
  return requests.filter((path) => path.startsWith('/searchlet/')).map((path) => path.slice('/searchlet/'.length));
}

test('nothing but the loader comes before anyone is interested', async () => {
  const own = await serve(site);
  const reader = await Reader.at(browser, own.url);
  await reader.page.waitForNetworkIdle();
  assert.deepEqual(ofBundle(own.requests), ['searchlet.js']);
  await reader.page.hover('searchlet-box');
  await reader.page.waitForNetworkIdle();
  const { files, heads } = await rootOf(site);
  const fetched = ofBundle(own.requests);
  for (const name of ['index.json', files.engine, files.view, files.worker, heads[0].file]) assert.ok(fetched.includes(name), name);
  assert.equal(fetched.filter((name) => name === files.engine).length, 1, 'the engine is fetched once');
  await reader.leave();
  await own.stop();
});

test('preload does not wait for interest', async () => {
  const own = await siteOf({ 'one.txt': 'Apples\n\nAll about apples.' }, '<searchlet-box preload></searchlet-box>');
  const quiet = await serve(own);
  const reader = await Reader.at(browser, quiet.url);
  await reader.page.waitForNetworkIdle();
  assert.ok(ofBundle(quiet.requests).includes((await rootOf(own)).files.engine));
  await reader.leave();
  await quiet.stop();
});

test('the names that the loader carries save a wait', async () => {
  const slow = await serve(site);
  const waited = 6000;
  slow.fail([/index\.json$/, faults.delayed(waited)]);
  const reader = await Reader.at(browser, slow.url);
  const began = performance.now();
  await reader.page.hover('searchlet-box');
  const { files, heads } = await rootOf(site);
  const wanted = [files.engine, files.worker, heads[0].file];
  while (!wanted.every((name) => ofBundle(slow.requests).includes(name))) {
    assert.ok(performance.now() - began < waited, `${wanted} did not wait for index.json`);
    await new Promise((done) => setTimeout(done, 20));
  }
  await reader.leave();
  await slow.stop();
});

test('only the latest search is answered', async () => {
  const reader = await Reader.at(browser, host.url);
  const outcome = await reader.page.evaluate(async (address) => {
    const { open } = await import(address);
    const index = await open();
    const stop = new AbortController();
    const settled = Promise.allSettled([index.search('cyber'), index.search('france'), index.search('kamala', { signal: stop.signal })]);
    stop.abort();
    const results = (await settled).map((result) => (result.status === 'rejected' ? result.reason.name : 'answered'));
    const last = await index.search('france');
    index.close();
    const closed = await index.search('france').catch((/** @type {Error} */ error) => error.name);
    return { results, last: last.hits.length, href: last.hits[0].href, keys: Object.keys(last.hits[0]), closed };
  }, `${host.url}searchlet/searchlet.js`);
  assert.deepEqual(outcome.results, ['AbortError', 'AbortError', 'AbortError']);
  assert.ok(outcome.last > 0);
  assert.equal(outcome.closed, 'AbortError');
  assert.ok(outcome.href.startsWith(host.url));
  assert.ok(!outcome.keys.includes('href'), 'href does not print');
  await reader.leave();
});

test('an engine that stops is started again for the running search, once', async () => {
  const reader = await Reader.at(browser, host.url, {
    before: (opened) => opened.evaluateOnNewDocument(() => {
      // The first searches of the page meet a crash, as many as the test says.
      const state = /** @type {any} */ (globalThis);
      state.crashes = 0;
      state.engines = 0;
      const Original = Worker;
      state.Worker = class extends Original {
        constructor(/** @type {[string, WorkerOptions]} */ ...given) {
          super(...given);
          state.engines += 1;
        }

        postMessage(/** @type {any} */ message) {
          if (message.call === 'search' && state.crashes-- > 0) {
            setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: 'unreachable', cancelable: true })));
          } else super.postMessage(message);
        }
      };
    }),
  });
  const outcome = await reader.page.evaluate(async (address) => {
    const state = /** @type {any} */ (globalThis);
    const { open } = await import(address);
    const index = await open();
    state.crashes = 1;
    const once = await index.search('france');
    const engines = state.engines;
    state.crashes = 2;
    const twice = await index.search('france').catch((/** @type {any} */ error) => `${error.code}: ${error.message}`);
    const later = await index.search('france');
    return { once: once.hits.length, engines, twice, later: later.hits.length };
  }, `${host.url}searchlet/searchlet.js`);
  assert.ok(outcome.once > 0);
  assert.equal(outcome.engines, 2);
  assert.match(outcome.twice, /^crashed: the search engine stopped/);
  assert.equal(outcome.later, outcome.once, 'the next search starts anew');
  await reader.leave();
});

test('elements may come, go, come back', async () => {
  const own = await siteOf({ 'one.txt': 'Apples\n\nAll about apples.' });
  const quiet = await serve(own);
  const reader = await Reader.at(browser, quiet.url);
  await reader.search('apples');
  await reader.page.evaluate(() => {
    const box = /** @type {Element} */ (document.querySelector('searchlet-box'));
    box.remove();
    document.body.append(box);
  });
  assert.equal((await reader.search('about')).length, 1);
  await reader.leave();
  await quiet.stop();
});

test('several boxes of a page share one engine', async () => {
  const own = await siteOf({ 'one.txt': 'Apples\n\nAll about apples.' });
  await page(own, 'two.html', '<searchlet-box></searchlet-box><searchlet-dialog></searchlet-dialog>');
  const quiet = await serve(own);
  const reader = await Reader.at(browser, `${quiet.url}two.html`);
  await reader.search('apples');
  reader.element = 'searchlet-dialog';
  await reader.chord('Control', 'k');
  assert.equal((await reader.search('about')).length, 1);
  assert.equal(reader.page.workers().length, 1);
  await reader.leave();
  await quiet.stop();
});

test('modules that were joined without Node do the same', async () => {
  const plain = await copyOf(site);
  const bundle = join(plain, 'searchlet');
  const text = await readFile(join(bundle, 'index.json'), 'utf8');
  const products = JSON.parse(await readFile(new URL('../../www/products.json', import.meta.url), 'utf8'));
  const { files } = JSON.parse(text);
  for (const [product, name] of [['searchlet.js', 'searchlet.js'], ['worker.js', files.worker], ['view.js', files.view]]) {
    const made = await joined(products[product]);
    await writeFile(join(bundle, name), made.replace('"@@ROOT@@"', () => JSON.stringify(text)));
  }
  const quiet = await serve(plain);
  const reader = await Reader.at(browser, quiet.url);
  await reader.search('kamala harris');
  await reader.press('ArrowDown');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  await reader.page.waitForFunction(() => (CSS.highlights.get('searchlet')?.size ?? 0) > 0);
  await reader.leave();
  await quiet.stop();
});
