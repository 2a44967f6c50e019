// Elements that come and go, open and close a thousand times leave nothing behind.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inFirefox, startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { page, siteOf, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let host;
/** @type {string} */ let site;

before(async () => {
  [browser, site] = await Promise.all([startBrowser(), siteOf({ 'one.txt': 'Apples\n\nAll about apples.', 'two.txt': 'Pears\n\nAll about pears.' })]);
  await page(site, 'none.html', '<main></main>');
  host = await serve(site);
});
after(async () => {
  await browser.close();
  await host.stop();
  await sweep();
});

const CYCLES = 1000;

/** What a page may keep for each cycle, in bytes: less than any listener, node or engine would take. */
const MOST_KEPT = 64;

/** @type {Record<string, (element: string, times: number) => Promise<void>>} each is run in the page */
const habits = {
  'opened and closed': async (element, times) => {
    const dialog = /** @type {any} */ (document.querySelector(element) ?? document.body.appendChild(document.createElement(element)));
    const inner = dialog.shadowRoot.querySelector('dialog');
    for (let time = 0; time < times; time++) {
      dialog.show();
      dialog.close();
      // A dialog says a while later that it was closed.
      if (time % 100 === 99) await new Promise((done) => { inner.addEventListener('close', done, { once: true }); });
    }
    dialog.remove();
  },
  'connected and disconnected': async (element, times) => {
    const one = document.createElement(element);
    for (let time = 0; time < times; time++) {
      document.body.append(one);
      one.remove();
    }
  },
  'made, searched in and dropped': async (element, times) => {
    for (let time = 0; time < times; time++) {
      const one = /** @type {any} */ (document.createElement(element));
      document.body.append(one);
      const answer = new Promise((done) => one.addEventListener('searchlet-results', done, { once: true }));
      one.shadowRoot.querySelector('input').focus();
      one.value = time % 2 ? 'apples' : 'pears';
      await answer;
      one.remove();
    }
  },
};

for (const [habit, element] of /** @type {const} */ ([
  ['opened and closed', 'searchlet-dialog'],
  ['connected and disconnected', 'searchlet-box'],
  ['connected and disconnected', 'searchlet-dialog'],
  ['connected and disconnected', 'searchlet-results'],
  ['made, searched in and dropped', 'searchlet-box'],
  ['made, searched in and dropped', 'searchlet-results'],
])) {
  test(`${element}, ${habit} ${CYCLES} times`, async () => {
    const reader = await Reader.at(browser, `${host.url}none.html`, { element });
    await reader.page.waitForFunction(() => customElements.get('searchlet-box'));
    const act = (/** @type {number} */ times) => reader.page.evaluate(/** @type {any} */ (habits[habit]), element, times);
    // The first times fetch and compile.
    await act(100);
    const before = await kept(reader);
    await act(CYCLES);
    // What is let go in time is not kept: an engine waits some seconds for the next page of an application.
    let after = before;
    for (let looks = 0; looks < 200; looks++) {
      after = await kept(reader);
      if (!after.workers && after.listeners <= before.listeners && after.nodes <= before.nodes && after.bytes - before.bytes < MOST_KEPT * CYCLES) break;
      await reader.page.evaluate(() => new Promise((done) => { setTimeout(done, 100); }));
    }
    assert.equal(after.workers, 0, 'no worker goes on for nobody');
    assert.ok(after.listeners <= before.listeners, `listeners: ${before.listeners}, then ${after.listeners}`);
    assert.ok(after.nodes <= before.nodes, `nodes: ${before.nodes}, then ${after.nodes}`);
    assert.ok(after.bytes - before.bytes < MOST_KEPT * CYCLES, `bytes: ${before.bytes}, then ${after.bytes}`);
    await reader.leave();
  });
}

test('an element that comes back is the one that it was', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('apples');
  await reader.page.evaluate(habits['connected and disconnected'], 'searchlet-box', CYCLES);
  assert.equal((await reader.search('pears')).length, 1);
  assert.equal(reader.page.workers().length, 1);
  await reader.leave();
});

/**
 * What the page holds on to, after its rubbish was collected. Firefox tells of its workers alone.
 *
 * @param {Reader} reader
 */
async function kept({ page }) {
  const workers = page.workers().length;
  if (inFirefox) return { workers, listeners: 0, nodes: 0, bytes: 0 };
  const devtools = await page.createCDPSession();
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.detach();
  const { JSEventListeners = 0, Nodes = 0, JSHeapUsedSize = 0 } = await page.metrics();
  return { workers, listeners: JSEventListeners, nodes: Nodes, bytes: JSHeapUsedSize };
}
