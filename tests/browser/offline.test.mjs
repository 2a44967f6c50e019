// With a service worker a site is searched offline, goes from one build to the next at once, and survives what goes wrong between.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CHROMIUM_ALONE, startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { faults, serve } from './server.mjs';
import { demoSite, folder, page, rootOf, searchlet, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;

before(async () => {
  browser = await startBrowser();
});
after(async () => {
  await browser.close();
  await sweep();
});

// The browser's own cache must not stand in for the worker's.
const HEADERS = { 'cache-control': 'no-store' };
const STRICT = {
  ...HEADERS,
  'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; worker-src 'self'; "
    + "require-trusted-types-for 'script'; trusted-types searchlet",
};
const BUNDLE = /^\/searchlet\//;
const APPLES = 'Apples\n\nAll about apples.';
const PEARS = 'Pears\n\nAll about pears.';

/**
 * A site that can be deployed again.
 *
 * @param {Record<string, string>} documents by name
 */
async function siteWith(documents, body = '<searchlet-box service-worker="sw.js"></searchlet-box>') {
  const site = await folder();
  const deploy = async (/** @type {Record<string, string>} */ next) => {
    const sources = await folder();
    for (const [name, text] of Object.entries(next)) await writeFile(join(sources, name), text);
    await searchlet('index', sources, '-o', join(site, 'searchlet'), '--service-worker', join(site, 'sw.js'));
  };
  await deploy(documents);
  await page(site, 'index.html', body);
  return { site, deploy };
}

/** A word that only the document of that number has, and that begins no other. @param {number} number */
const nameOf = (number) => `nr${String(number).padStart(3, '0')}q`;

/** Enough words, no two documents with the same, that the index is large. */
function manyDocuments() {
  let seed = 7;
  const letters = () => {
    let word = '';
    while (word.length < 9) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      word += 'bcdfghklmnprstvz'[(seed >> 8) % 16] + 'aeiou'[(seed >> 16) % 5];
    }
    return word;
  };
  return Object.fromEntries(Array.from({ length: 160 }, (_, number) => [
    `page${number}.txt`, `Page ${number}\n\nIt tells of ${nameOf(number)} and ${Array.from({ length: 350 }, letters).join(' ')}.`,
  ]));
}

/**
 * Asks the page's worker, once it answers for the page.
 *
 * @param {Reader} reader
 * @param {string} type
 * @returns {Promise<{ bytes: number, kept: number, problem?: string }>}
 */
function ask(reader, type) {
  return reader.page.evaluate((asked) => new Promise((done) => {
    const { serviceWorker } = navigator;
    const send = async () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => done(data);
      (await serviceWorker.ready).active?.postMessage({ type: asked }, [port2]);
    };
    if (serviceWorker.controller) send();
    else serviceWorker.addEventListener('controllerchange', send, { once: true });
  }), type);
}

/**
 * @param {Reader} reader
 * @param {string} query
 */
async function urls(reader, query) {
  return (await reader.search(query)).map(({ href }) => new URL(href).pathname);
}

/**
 * Waits until the worker answers with the build that the host has.
 *
 * @param {Reader} reader
 * @param {string} site
 */
async function renewed(reader, site) {
  const { checksum } = await rootOf(site);
  await reader.page.waitForFunction(async (wanted) => {
    const response = await fetch('/searchlet/index.json', { cache: 'no-cache' });
    return (await response.json()).checksum === wanted;
  }, { polling: 100 }, checksum);
}

/** The checksums of the builds in the browser's caches. @param {Reader} reader @returns {Promise<string[]>} */
function builds(reader) {
  return reader.page.evaluate(async () => (await caches.keys()).map((name) => name.split(' ')[2] ?? '').filter((name) => /^[\da-f]{16}$/.test(name)).sort());
}

test('a small site is searched offline after one visit, under a strict policy', async () => {
  const { site } = await siteWith({ 'apples.txt': APPLES, 'pears.txt': PEARS });
  const host = await serve(site, STRICT);
  const reader = await Reader.at(browser, host.url);
  const { bytes, kept } = await ask(reader, 'searchlet-size');
  assert.equal(kept, bytes, 'so small an index comes whole');
  host.fail([BUNDLE, faults.dropped()]);
  await reader.page.reload();
  assert.deepEqual(await urls(reader, 'pears'), ['/pears.txt']);
  assert.doesNotMatch(await reader.said(), /may be missing/);
  await reader.leave();
  await host.stop();
});

test('the demo works without a network, can be installed', { skip: CHROMIUM_ALONE }, async () => {
  const host = await serve(await demoSite({ offline: true }), HEADERS);
  const reader = await Reader.at(browser, host.url);
  assert.ok((await ask(reader, 'searchlet-size')).bytes > 0);
  const session = await reader.page.createCDPSession();
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A context that remembers nothing can install nothing; all else must be fine.
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
  await host.stop();
  await reader.page.goto(host.url);
  await reader.search('kamala harris');
  await reader.press('ArrowDown');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  assert.match(reader.page.url(), /\/003_/);
  await reader.page.waitForFunction(() => (CSS.highlights.get('searchlet')?.size ?? 0) > 0);
  reader.element = 'searchlet-dialog';
  await reader.chord('Control', 'k');
  await reader.page.keyboard.type('AMCC 2018');
  assert.match((await reader.answer('AMCC 2018'))[0]?.href ?? '', /004_/);
  await reader.leave();
});

test('of a large site the parts that were used are kept, or all when a reader asks for them', async () => {
  const { site } = await siteWith(manyDocuments(), '<searchlet-box service-worker="sw.js" offline="all"></searchlet-box>');
  const host = await serve(site, HEADERS);
  const reader = await Reader.at(browser, host.url);
  const before = await ask(reader, 'searchlet-size');
  assert.ok(before.bytes > 1 << 18 && before.kept === 0, `${before.kept} of ${before.bytes}`);
  assert.deepEqual(await urls(reader, nameOf(7)), ['/page7.txt']);
  const used = [...new Set(host.requests.filter((path) => path.endsWith('.part')))];
  assert.ok(used.length > 0);
  await reader.page.waitForFunction(async (paths) => {
    const kept = await Promise.all(paths.map((path) => caches.match(path)));
    return kept.every(Boolean);
  }, {}, used);
  host.fail([BUNDLE, faults.dropped()]);
  await reader.page.reload();
  assert.deepEqual(await urls(reader, nameOf(7)), ['/page7.txt']);
  assert.doesNotMatch(await reader.said(), /may be missing/);
  await reader.search(nameOf(83));
  await reader.hears(/may be missing/);

  host.fail();
  const button = await reader.page.waitForSelector('searchlet-box >>> [part=offline]');
  assert.match(await button?.evaluate((node) => node.textContent) ?? '', /^↓ \d+ kB$/);
  await button?.click();
  await reader.page.waitForFunction(() => document.querySelector('searchlet-box')?.shadowRoot?.querySelector('[part=offline]')?.textContent === '✓');
  host.fail([BUNDLE, faults.dropped()]);
  await reader.page.reload();
  assert.deepEqual(await urls(reader, nameOf(83)), ['/page83.txt']);
  assert.deepEqual(await urls(reader, nameOf(122)), ['/page122.txt']);
  assert.doesNotMatch(await reader.said(), /may be missing/);
  const after = await ask(reader, 'searchlet-size');
  assert.equal(after.kept, after.bytes);
  await ask(reader, 'searchlet-drop');
  assert.equal((await ask(reader, 'searchlet-size')).kept, 0);
  await reader.leave();
  await host.stop();
});

for (const [what, pattern] of /** @type {const} */ ([['a part', /\.part$/], ['the head', /\.head$/]])) {
  test(`a deploy of which ${what} cannot be had changes nothing, until it can`, async () => {
    const { site, deploy } = await siteWith({ 'apples.txt': APPLES });
    const host = await serve(site, HEADERS);
    const reader = await Reader.at(browser, host.url);
    await ask(reader, 'searchlet-size');
    const first = (await rootOf(site)).checksum;
    await deploy({ 'apples.txt': APPLES, 'pears.txt': PEARS });
    const second = (await rootOf(site)).checksum;
    host.fail([pattern, faults.broken()]);
    await reader.page.reload();
    assert.deepEqual(await urls(reader, 'pears'), []);
    assert.deepEqual(await urls(reader, 'apples'), ['/apples.txt']);
    assert.doesNotMatch(await reader.said(), /may be missing/);

    host.fail();
    await renewed(reader, site);
    await reader.page.reload();
    assert.deepEqual(await urls(reader, 'pears'), ['/pears.txt']);
    assert.deepEqual(await builds(reader), [first, second].sort());
    host.fail([BUNDLE, faults.dropped()]);
    await reader.page.reload();
    assert.deepEqual(await urls(reader, 'pears'), ['/pears.txt']);
    assert.deepEqual(await urls(reader, 'apples'), ['/apples.txt']);
    await reader.leave();
    await host.stop();
  });
}

test('an update that was cut off is finished by the next worker, or dropped for a newer one', { skip: CHROMIUM_ALONE }, async () => {
  const { site, deploy } = await siteWith({ 'apples.txt': APPLES });
  const host = await serve(site, HEADERS);
  const reader = await Reader.at(browser, host.url);
  await ask(reader, 'searchlet-size');
  const session = await reader.page.createCDPSession();
  await session.send('ServiceWorker.enable');

  for (const further of [{}, { 'plums.txt': 'Plums\n\nAll about plums.' }]) {
    const name = `pears${Object.keys(further).length}.txt`;
    await deploy({ 'apples.txt': APPLES, [name]: PEARS });
    host.fail([/\.part$/, faults.delayed(60_000)]);
    const asked = host.requests.length;
    const life = await reader.page.evaluateHandle(() => new AbortController());
    await life.evaluate((it) => { fetch('/searchlet/index.json', { cache: 'no-cache', signal: it.signal }).catch(() => {}); });
    while (!host.requests.slice(asked).some((path) => path.endsWith('.part'))) await new Promise((done) => setTimeout(done, 20));
    // For somebody who waits the browser would start the next one at once.
    await life.evaluate((it) => it.abort());
    const stopped = new Promise((done) => session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) done(undefined);
    }));
    await session.send('ServiceWorker.stopAllWorkers');
    await stopped;
    if (Object.keys(further).length > 0) await deploy({ 'apples.txt': APPLES, [name]: PEARS, ...further });
    host.fail();
    await renewed(reader, site);
    await reader.page.reload();
    assert.deepEqual(await urls(reader, 'pears'), [`/${name}`]);
    assert.equal((await builds(reader)).length, 2, 'this build, the one before');
    assert.ok((await builds(reader)).includes((await rootOf(site)).checksum));
  }
  await reader.leave();
  await host.stop();
});

test('a part that was damaged on its way is asked for again, past the worker', async () => {
  const { site } = await siteWith({ 'apples.txt': APPLES });
  const host = await serve(site, HEADERS);
  host.fail([/\.part$/, { ...faults.flipped(), times: 1 }]);
  const reader = await Reader.at(browser, host.url);
  const { kept } = await ask(reader, 'searchlet-size');
  assert.ok(kept > 0, 'the worker has it');
  assert.deepEqual(await urls(reader, 'apples'), ['/apples.txt']);
  assert.equal(host.requests.filter((path) => path.endsWith('.part')).length, 2);
  host.fail([BUNDLE, faults.dropped()]);
  await reader.page.reload();
  assert.deepEqual(await urls(reader, 'apples'), ['/apples.txt']);
  await reader.leave();
  await host.stop();
});

for (const [kind, worker] of /** @type {const} */ ([
  ['classic', "importScripts('/sw.js'); searchletOffline({ bundle: '/searchlet/' });"],
  ['module', "import './sw.js'; searchletOffline({ bundle: '/searchlet' });"],
])) {
  test(`a ${kind} worker of the site's own may keep the search, too`, async () => {
    const { site } = await siteWith({ 'apples.txt': APPLES }, '<searchlet-box></searchlet-box>');
    await writeFile(join(site, 'own.js'), `${worker}
      addEventListener('activate', (event) => event.waitUntil(clients.claim()));
      addEventListener('fetch', (event) => event.respondWith(new URL(event.request.url).pathname === '/hello' ? new Response('own') : fetch(event.request)));`);
    await writeFile(join(site, 'searchlet', 'notes.txt'), 'not of the bundle');
    const host = await serve(site, HEADERS);
    const reader = await Reader.at(browser, host.url);
    await reader.page.evaluate((type) => { navigator.serviceWorker.register('own.js', { type }); }, kind);
    await ask(reader, 'searchlet-size');
    const text = (/** @type {string} */ path) => reader.page.evaluate(async (asked) => (await fetch(asked)).text(), path);
    assert.equal(await text('/hello'), 'own');
    assert.equal(await text('/searchlet/notes.txt'), 'not of the bundle');
    host.fail([BUNDLE, faults.dropped()]);
    await reader.page.reload();
    assert.deepEqual(await urls(reader, 'apples'), ['/apples.txt']);
    await reader.leave();
    await host.stop();
  });
}
