// A bundle that is not as it was published is reported in the widget, in words for people.

import assert from 'node:assert/strict';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBrowser } from './browsers.mjs';
import { flaws } from './looks.mjs';
import { Reader } from './reader.mjs';
import { faults, serve } from './server.mjs';
import { copyOf, demoSite, page, searchlet, siteOf, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {string} */ let site;

before(async () => {
  [browser, site] = await Promise.all([startBrowser(), demoSite()]);
});
after(async () => {
  await browser.close();
  await sweep();
});

const INDEX = /\/searchlet\/index\.json$/;
const HEAD = /\.head$/;
const PART = /\.part$/;
const ENGINE = /\.wasm$/;
const WORKER = /\/worker\.\w+\.js$/;
const VIEW = /\/view\.\w+\.js$/;

/**
 * A reader at a page of its own on a copy of the demo's site.
 *
 * @param {string} body of the page
 * @param {[RegExp, import('./server.mjs').Fault][]} broken from the beginning
 * @param {Parameters<typeof Reader.at>[2]} [options]
 */
async function atPage(body, broken, options) {
  const own = await copyOf(site);
  await page(own, 'own.html', body);
  const host = await serve(own);
  host.fail(...broken);
  return { host, reader: await Reader.at(browser, `${host.url}own.html`, options) };
}

/** Either nothing can be answered, or the answer says that it may lack something. */
const REPORTED = /not available|cannot start|may be missing/;

for (const [name, pattern, fault, message] of /** @type {const} */ ([
  ['index.json missing', INDEX, faults.missing(), /index\.json of the search index is not on this site/],
  ['index.json is a page', INDEX, faults.html(), /answered with a page in place of index\.json/],
  ['index.json cut short', INDEX, faults.cut(), /index\.json/],
  ['index.json of a newer format', INDEX, { replace: (/** @type {Buffer} */ bytes) => Buffer.from(String(bytes).replace('"format":1', '"format":2')) }, /format 2.*format 1/s],
  ['head missing', HEAD, faults.missing(), REPORTED],
  ['head fails', HEAD, faults.broken(), REPORTED],
  ['head with a byte flipped', HEAD, faults.flipped(), REPORTED],
  ['head with its first byte flipped', HEAD, faults.flipped(0), REPORTED],
  ['head cut short', HEAD, faults.cut(), REPORTED],
  ['head is a page', HEAD, faults.html(), REPORTED],
  ['part missing', PART, faults.missing(), REPORTED],
  ['part with a byte flipped', PART, faults.flipped(), REPORTED],
  ['part cut short', PART, faults.cut(), REPORTED],
  ['part is a page', PART, faults.html(), REPORTED],
  ['part fails', PART, faults.broken(), REPORTED],
  ['engine missing', ENGINE, faults.missing(), /\.wasm of the search index is not on this site/],
  ['engine fails', ENGINE, faults.broken(), /the site answered 500 for engine/],
  ['engine with a byte flipped', ENGINE, faults.flipped(), REPORTED],
  ['engine cut short', ENGINE, faults.cut(), /cut short or not WebAssembly/],
  ['engine is a page', ENGINE, faults.html(), /answered with a page in place of engine/],
  ['worker missing', WORKER, faults.missing(), /worker\.\w+\.js of the search index could not be loaded/],
  ['worker fails', WORKER, faults.broken(), /worker\.\w+\.js of the search index could not be loaded/],
  ['view fails', VIEW, faults.broken(), /cannot start/],
  ['view missing', VIEW, faults.missing(), /cannot start/],
])) {
  test(name, async () => {
    const host = await serve(site);
    host.fail([pattern, fault]);
    const reader = await Reader.at(browser, host.url);
    await reader.type('singapore');
    assert.match(await reader.hears(message), REPORTED);
    await reader.leave();
    await host.stop();
  });
}

for (const element of ['searchlet-dialog', 'searchlet-results']) {
  test(`${element}: the reader is told that the search cannot start`, async () => {
    const { host, reader } = await atPage(`<${element}></${element}>`, [[VIEW, faults.missing()]], { element });
    // Elsewhere Firefox would look for something on the page.
    if (element === 'searchlet-dialog') await reader.press('/');
    await reader.type('singapore');
    await reader.hears(/cannot start/);
    await reader.press('Tab');
    assert.match(await reader.said(), /cannot start/);
    await reader.leave();
    await host.stop();
  });
}

test('while index.json fails the names that the loader carries are good enough', async () => {
  const host = await serve(site);
  host.fail([INDEX, faults.broken()]);
  const reader = await Reader.at(browser, host.url);
  assert.notEqual((await reader.search('singapore')).length, 0);
  assert.doesNotMatch(await reader.said(), REPORTED);
  await reader.leave();
  await host.stop();
});

test('index.json with a byte flipped', async () => {
  const copy = await copyOf(site);
  const file = join(copy, 'searchlet', 'index.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/"documents":\d/, '"documents":9'));
  // A loader that carries no names has only the altered file to go by.
  const loader = join(copy, 'searchlet', 'searchlet.js');
  const script = await readFile(loader, 'utf8');
  await writeFile(loader, script.replaceAll(JSON.stringify(text).slice(1, -1), '@@ROOT@@'));
  const host = await serve(copy);
  const reader = await Reader.at(browser, host.url);
  await reader.type('singapore');
  assert.match(await reader.hears(REPORTED), /index\.json/);
  await reader.leave();
  await host.stop();
});

test('a fault that passes is forgotten by the next search', async () => {
  const host = await serve(site);
  host.fail([HEAD, faults.broken()]);
  const reader = await Reader.at(browser, host.url);
  await reader.type('singapore');
  await reader.hears(REPORTED);
  host.fail();
  await reader.page.click('searchlet-box >>> [part=again]');
  assert.notEqual((await reader.answer('singapore')).length, 0);
  assert.doesNotMatch(await reader.said(), REPORTED);
  await reader.leave();
  await host.stop();
});

test('a site published anew under an open page is found again', async () => {
  const copy = await siteOf({ 'one.txt': 'Apples\n\nAll about apples.' });
  const host = await serve(copy);
  const reader = await Reader.at(browser, host.url);
  // The page has its loader; then the site is published anew, and nothing of the old bundle is left.
  const next = await siteOf({ 'one.txt': 'Apples\n\nAll about apples.', 'two.txt': 'Pears\n\nAll about pears.' });
  await rm(join(copy, 'searchlet'), { recursive: true });
  await cp(join(next, 'searchlet'), join(copy, 'searchlet'), { recursive: true });
  const [first] = await reader.search('pears');
  assert.match(first?.href ?? '', /two\.txt$/);
  assert.equal(JSON.parse(await searchlet('search', join(copy, 'searchlet'), 'pears', '--json')).total, 1);
  await reader.leave();
  await host.stop();
});

test('a slow host shows that it is being waited for', async () => {
  const host = await serve(site);
  host.fail([HEAD, faults.delayed(1500)]);
  const reader = await Reader.at(browser, host.url);
  await reader.type('singapore');
  await reader.hears(/Searching/);
  assert.notEqual((await reader.answer('singapore')).length, 0);
  await reader.leave();
  await host.stop();
});

for (const element of ['searchlet-box', 'searchlet-dialog', 'searchlet-results']) {
  test(`${element}: while the view is on its way the reader is told so`, async () => {
    const body = `<div style="margin-inline-start: 75%"><${element}></${element}></div><textarea></textarea>`;
    const { host, reader } = await atPage(body, [[VIEW, faults.delayed(4000)]], { element });
    // Pointed at, none has been asked for anything yet.
    await reader.page.evaluate((name) => document.querySelector(name)?.dispatchEvent(new Event('pointerenter')), element);
    await reader.page.waitForFunction((name) => /** @type {any} */ (document.querySelector(name)).shadowRoot.querySelector('[part=panel]').textContent, {}, element);
    if (element === 'searchlet-box') assert.equal(await reader.said(), '');
    // Elsewhere Firefox would look for something on the page.
    if (element === 'searchlet-dialog') await reader.press('/');
    await reader.type('singapore');
    assert.equal(await reader.hears(/./), 'Loading…');
    assert.equal(await reader.status(), 'Loading…');
    if (element === 'searchlet-box') {
      await reader.page.focus('textarea');
      assert.equal(await reader.said(), '');
      await reader.page.focus('searchlet-box >>> input');
      assert.equal(await reader.said(), 'Loading…');
    }
    await reader.answer('singapore');
    assert.match(await reader.said(), /Singapore/);
    assert.deepEqual(await reader.page.evaluate(flaws, element), []);
    await reader.leave();
    await host.stop();
  });
}

for (const [name, pattern] of /** @type {const} */ ([['index.json', INDEX], ['engine', ENGINE], ['head', HEAD], ['part', PART]])) {
  test(`a connection that dies in silence is given up for another: ${name}`, async () => {
    const { host, reader } = await atPage('<searchlet-box no-worker></searchlet-box>', [[pattern, { ...faults.delayed(3_600_000), times: 1 }]], {
      before: (opened) => opened.evaluateOnNewDocument(() => {
        const later = setTimeout.bind(globalThis);
        /** @type {any} */ (globalThis).setTimeout = (/** @type {any} */ done, /** @type {number} */ wait, /** @type {any[]} */ ...rest) => later(done, wait === 30_000 ? 500 : wait, ...rest);
      }),
    });
    assert.notEqual((await reader.search('singapore')).length, 0);
    assert.doesNotMatch(await reader.said(), REPORTED);
    await reader.leave();
    await host.stop();
  });
}

for (const element of ['searchlet-box', 'searchlet-results']) {
  test(`${element}: without a connection the reader is told, and what was asked is answered when it is back`, async () => {
    const { host, reader } = await atPage(`<${element}></${element}>`, [], { element });
    // Before anything has come, the view included.
    await reader.page.setOfflineMode(true);
    await reader.type('singapore');
    await reader.hears(/cannot start/);
    await reader.page.setOfflineMode(false);
    await reader.answer('singapore');
    assert.doesNotMatch(await reader.said(), REPORTED);
    // And when all has come but what the next words need.
    await reader.page.setOfflineMode(true);
    const other = await reader.watch(() => new Promise((seen) => { addEventListener('searchlet-results', seen, { once: true }); }));
    await reader.chord('Control', 'a');
    await reader.page.keyboard.type('k');
    await other();
    await reader.page.setOfflineMode(false);
    await reader.page.waitForFunction((name) => !/may be missing/.test(/** @type {any} */ (document.querySelector(name)).shadowRoot.querySelector('[part=panel]').textContent), {}, element);
    await reader.leave();
    await host.stop();
  });
}

test('a box that was left does not open when the connection is back', async () => {
  const { host, reader } = await atPage('<searchlet-box></searchlet-box><textarea></textarea>', [[PART, faults.broken()]]);
  await reader.type('singapore');
  await reader.hears(REPORTED);
  await reader.page.focus('textarea');
  assert.equal(await reader.said(), '');
  host.fail();
  const answered = await reader.watch(() => new Promise((seen) => { addEventListener('searchlet-results', seen, { once: true }); }));
  await reader.page.evaluate(() => dispatchEvent(new Event('online')));
  await answered();
  assert.equal(await reader.said(), '');
  await reader.leave();
  await host.stop();
});

test('a bundle that is not where it was said to be is an event, and does not cover the page of who only points at the box', async () => {
  const { host, reader } = await atPage('<searchlet-box base="nowhere"></searchlet-box><textarea></textarea>', []);
  const seen = await reader.watch(() => new Promise((told) => { addEventListener('searchlet-error', (event) => told(/** @type {CustomEvent} */ (event).detail.error.code), { once: true }); }));
  await reader.page.hover('searchlet-box');
  assert.equal(await seen(), 'missing');
  assert.equal(await reader.said(), '');
  await reader.type('singapore');
  assert.match(await reader.hears(/cannot start/), /index\.json of the search index is not on this site/);
  await reader.page.focus('textarea');
  assert.equal(await reader.said(), '');
  await reader.leave();
  await host.stop();
});

test('words of another language that do not come keep no hit from being shown', async () => {
  const own = await copyOf(site);
  await writeFile(join(own, 'german.html'), (await readFile(join(own, 'index.html'), 'utf8')).replace('lang="en"', 'lang="de"'));
  const host = await serve(own);
  host.fail([/\/words\.\w+\/de\.json$/, faults.delayed(3_600_000)]);
  const reader = await Reader.at(browser, `${host.url}german.html`);
  await reader.type('singapore');
  assert.match(await reader.hears(/results/), /Singapore/);
  await reader.leave();
  await host.stop();
});
