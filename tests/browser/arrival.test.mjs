// A hit leads to its passage, where the words are highlighted without a trace in the document.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { CERT, demoSite, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let host;

before(async () => {
  const [started, site] = await Promise.all([startBrowser(), demoSite()]);
  browser = started;
  host = await serve(site);
});
after(async () => {
  await browser.close();
  await host.stop();
  await sweep();
});

/** @param {Reader} reader */
async function highlighted(reader) {
  await reader.page.waitForFunction(() => (CSS.highlights.get('searchlet')?.size ?? 0) > 0);
  return reader.page.evaluate(() => [...(CSS.highlights.get('searchlet') ?? [])].map((range) => String(range).toLowerCase()));
}

/** @param {Reader} reader */
function inView(reader) {
  return reader.page.evaluate(() => [...(CSS.highlights.get('searchlet') ?? [])].some((range) => {
    const { top, bottom } = /** @type {Range} */ (range).getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }));
}

test('a passage is reached by its id, its words are highlighted', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('asean regional cert');
  const passage = (await reader.options()).findIndex(({ part, href }) => part === 'passage' && href.includes(`${CERT}#`));
  assert.ok(passage > 0, 'a passage stands under the first hit');
  for (let step = 0; step <= passage; step += 1) await reader.press('ArrowDown');
  const target = new URL((await reader.options())[passage]?.href ?? '');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);

  const url = new URL(reader.page.url());
  assert.equal(url.pathname, `/${CERT}/`);
  assert.equal(url.hash, target.hash);
  assert.equal(url.search, '', 'the address stays clean');
  assert.ok(await reader.page.$(':target'), 'the passage is on the page');
  const words = await highlighted(reader);
  for (const word of ['asean', 'regional', 'cert']) assert.ok(words.includes(word), `${word} among ${words}`);
  assert.ok(await inView(reader));
  assert.equal(await reader.page.$('main mark'), null, 'the document itself is as it was');
  await reader.leave();
});

test('a hit without a passage scrolls to the first word found', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('asean regional cert');
  await reader.press('ArrowDown');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  assert.notEqual((await highlighted(reader)).length, 0);
  assert.ok(await inView(reader));
  await reader.leave();
});

test('a hyphenated word is highlighted as it stands in the text', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('cyber-security france');
  await reader.press('ArrowDown');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  const words = await highlighted(reader);
  for (const word of ['cyber-security', 'france']) assert.ok(words.includes(word), `${word} among ${words}`);
  await reader.leave();
});

test('the words are used once', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('kamala harris');
  await reader.press('ArrowDown');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  assert.notEqual((await highlighted(reader)).length, 0);
  await reader.page.goto(`${host.url}${CERT}/`);
  // The loader looks for words when it begins; without any it fetches nothing that could highlight them later.
  await reader.page.waitForFunction(() => customElements.get('searchlet-box'));
  assert.deepEqual(await reader.page.evaluate(() => [sessionStorage.length, CSS.highlights.has('searchlet')]), [0, false]);
  await reader.leave();
});
