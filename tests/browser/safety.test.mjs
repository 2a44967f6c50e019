// Text never becomes markup, hostile addresses never become links, strict pages keep working.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address } from '../../www/src/address.js';
import { startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { demoSite, page, siteOf, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {string} */ let site;

before(async () => {
  [browser, site] = await Promise.all([startBrowser(), demoSite()]);
});
after(async () => {
  await browser.close();
  await sweep();
});

const HOSTILE = '<img src=x onerror="globalThis.harmed = true"><script>globalThis.harmed = true</script>';

test('hostile text is shown as text', async () => {
  const records = [
    { url: 'one.html', title: `${HOSTILE} scripted`, text: `${HOSTILE} marmalade` },
    { url: 'two.html?q="><script>', title: 'fine', text: 'marmalade' },
  ];
  const own = await serve(await siteOf({ 'records.jsonl': records.map((record) => JSON.stringify(record)).join('\n') }));
  const reader = await Reader.at(browser, own.url);
  const hits = await reader.search('marmalade');
  const scripted = hits.find(({ title }) => title.includes('scripted'));
  assert.ok(scripted?.title.includes('<img src=x'), 'the markup is there, to be read');
  await reader.search(HOSTILE);
  assert.match(await reader.said(), /<img src=x/);
  await reader.press('ArrowDown');
  assert.equal(await reader.page.evaluate(() => /** @type {any} */ (globalThis).harmed), undefined);
  await reader.leave();
  await own.stop();
});

test('long words, turned writing and dangerous addresses do no harm, in a box as on a page of results', async () => {
  const long = 'w'.repeat(10_000);
  // The indexer refuses the schemes that it sees; browsers see them behind control characters as well, and around tabs.
  const hostile = ['java\tscript:globalThis.harmed=true', '\u0001javascript:globalThis.harmed=true', 'da\tta:text/html,<script>parent.harmed=true</script>', '\u0001vbscript:x'];
  const records = [
    { url: 'long.html', title: `Marmalade ${long}`, text: `marmalade ${long} ${long}`, meta: { kind: long } },
    { url: 'turned.html', title: 'Marmalade \u202Edrawkcab\u2066 \u0007', text: '\u202E\u2067 marmalade \u202D and so on', meta: { kind: '\u202Eturned' } },
    { url: 'marks.html', title: `Marmalade a${'\u0301'.repeat(500)}`, text: 'marmalade', meta: { kind: HOSTILE } },
    ...hostile.map((url, number) => ({ url, title: `Marmalade ${number}`, text: `marmalade by ${HOSTILE}`, meta: { kind: url } })),
  ];
  const made = await siteOf({ 'records.jsonl': records.map((record) => JSON.stringify(record)).join('\n') });
  await page(made, 'results.html', '<searchlet-results filters="kind" limit="20"></searchlet-results>');
  const own = await serve(made);
  const reader = await Reader.at(browser, own.url, { before: (opened) => opened.setViewport({ width: 360, height: 740 }) });
  const hits = await reader.search('marmalade');
  assert.ok(hits.length >= 3);
  await safe(own.url);
  reader.element = 'searchlet-results';
  await reader.page.goto(`${own.url}results.html?q=marmalade`);
  await reader.answer('marmalade');
  assert.equal((await reader.results()).titles.length, records.length);
  await safe(own.url);
  const { titles } = await reader.results();
  // Whatever they are followed by, they lead to pages of the site, of which there is none.
  await Promise.all([reader.page.waitForNavigation(), reader.page.click(`searchlet-results >>> #hit-${titles.indexOf('Marmalade 0')}`)]);
  assert.ok(reader.page.url().startsWith(own.url));
  assert.equal(await reader.page.evaluate(() => /** @type {any} */ (globalThis).harmed), undefined);
  await reader.leave();
  await own.stop();

  /** @param {string} home */
  async function safe(home) {
    const { links, wide, marked } = await reader.page.evaluate((element) => {
      const { shadowRoot } = /** @type {any} */ (document.querySelector(element));
      return {
        links: [...shadowRoot.querySelectorAll('a[href]')].map(({ href }) => href),
        wide: document.documentElement.scrollWidth - innerWidth,
        marked: shadowRoot.querySelectorAll('.panel img, .panel script').length,
      };
    }, reader.element);
    for (const link of links) assert.ok(link.startsWith(home), link);
    assert.ok(wide <= 0, `${reader.element} sticks out by ${wide} pixels`);
    assert.equal(marked, 0);
  }
});

test('only addresses that a link may have become links', () => {
  const site = new URL('https://example.org/docs/');
  assert.equal(address('a/b.html#c', site), 'https://example.org/docs/a/b.html#c');
  assert.equal(address('https://elsewhere.example/', site), 'https://elsewhere.example/');
  for (const hostile of ['javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'blob:https://example.org/x', 'file:///etc/passwd', 'http://[']) {
    assert.equal(address(hostile, site), '', hostile);
  }
  assert.equal(address('a.html', new URL('file:///home/docs/')), 'file:///home/docs/a.html');
  assert.equal(address('b/#c', new URL('file:///home/docs/')), 'file:///home/docs/b/index.html#c');
});

test("the demo's policy refuses nothing", async () => {
  const host = await serve(site);
  const reader = await Reader.at(browser, host.url);
  await reader.search('singapore');
  await reader.chord('Control', 'k');
  await reader.press('Escape');
  await reader.search('smart cities network');
  await reader.press('ArrowDown');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  // Refusals were noted as problems, of which there must be none.
  await reader.leave();
  await host.stop();
});

test('under Trusted Types one named policy is enough', async () => {
  const host = await serve(site, { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types searchlet" });
  const reader = await Reader.at(browser, host.url);
  assert.notEqual((await reader.search('singapore')).length, 0);
  assert.equal(reader.page.workers().length, 1);
  await reader.leave();
  await host.stop();
});

test('a page that may have no worker searches on its own thread', async () => {
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'";
  const own = await siteOf({ 'one.txt': 'Apples\n\nAll about apples.' });
  const host = await serve(own, { 'content-security-policy': policy });
  const reader = await Reader.at(browser, host.url);
  const [first] = await reader.search('apples');
  assert.match(first?.href ?? '', /one\.txt$/);
  assert.equal(reader.page.workers().length, 0);
  // The refusal of the worker is the point of this test, so it is no problem.
  reader.problems = reader.problems.filter((problem) => !/worker/.test(problem));
  await reader.leave();
  await host.stop();
});

test('an element asks for no worker', async () => {
  const own = await siteOf({ 'one.txt': 'Apples\n\nAll about apples.' }, '<searchlet-box no-worker></searchlet-box>');
  const host = await serve(own);
  const reader = await Reader.at(browser, host.url);
  for (const query of ['apples', 'about', 'apples']) assert.equal((await reader.search(query)).length, 1);
  assert.equal(reader.page.workers().length, 0);
  await reader.leave();
  await host.stop();
});

test('a page that forbids WebAssembly is told which word is lacking', async () => {
  const own = await siteOf({ 'one.txt': 'Apples\n\nAll about apples.' });
  const host = await serve(own, { 'content-security-policy': "script-src 'self'" });
  const reader = await Reader.at(browser, host.url);
  await reader.type('apples');
  assert.match(await reader.hears(/not available/), /wasm-unsafe-eval/);
  reader.problems = reader.problems.filter((problem) => !/wasm-eval|WebAssembly/.test(problem));
  await reader.leave();
  await host.stop();
});

test('a page below the site finds its hits by the site', async () => {
  const own = await siteOf({ 'docs/one.txt': 'Apples\n\nAll about apples.' });
  await page(own, 'other.html', '<searchlet-box site="https://example.org/manual/"></searchlet-box>');
  const host = await serve(own);
  const reader = await Reader.at(browser, `${host.url}other.html`);
  const [first] = await reader.search('apples');
  assert.equal(first?.href, 'https://example.org/manual/docs/one.txt');
  await reader.leave();
  await host.stop();
});
