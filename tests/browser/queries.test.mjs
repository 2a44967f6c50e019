// The demo answers what its reader types.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { CERT, demoSite, searchlet, sweep } from './site.mjs';

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

const EXPECTED = {
  'asean regional cert': CERT,
  'cyber-security france': '002_0dad7d50271e7878.txt',
  'kamala harris': '003_88708dbad2e4c2d5.txt',
  'APEC CBPR': '000_7c4ee614e3720f3f.txt',
  'AMCC 2018': '004_482bc1e1b9f55c44.txt',
  'smart cities network': '000_7c4ee614e3720f3f.txt',
};

test('the obviously right document comes first', async () => {
  const reader = await Reader.at(browser, host.url);
  for (const [query, document] of Object.entries(EXPECTED)) {
    const [first] = await reader.search(query);
    assert.equal(new URL(first?.href ?? '').pathname.split('/')[1], document, query);
    assert.notEqual(first?.marks.length, 0, `the excerpt for ${query} marks words`);
  }
  await reader.leave();
});

test('a joined, a hyphenated, a divided word find the same documents', async () => {
  const reader = await Reader.at(browser, host.url);
  const sets = [];
  for (const query of ['cybersecurity', 'cyber-security', 'cyber security']) {
    sets.push((await reader.search(query)).map(({ href }) => new URL(href).pathname).sort());
  }
  assert.ok(sets[0] && sets[0].length >= 4, `found ${sets[0]}`);
  assert.deepEqual(sets[1], sets[0]);
  assert.deepEqual(sets[2], sets[0]);
  await reader.leave();
});

test('results come while the word is still being typed', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.type('kam');
  const [first] = await reader.answer('kam');
  assert.match(first?.href ?? '', /003_/);
  await reader.leave();
});

test('after the first search the server may stop', async () => {
  const own = await serve(site);
  const reader = await Reader.at(browser, own.url);
  await reader.search('singapore');
  await own.stop();
  for (const [query, document] of Object.entries(EXPECTED)) {
    const [first] = await reader.search(query);
    assert.equal(new URL(first?.href ?? '').pathname.split('/')[1], document, query);
  }
  assert.doesNotMatch(await reader.said(), /missing|not available/i);
  await reader.leave();
});

test('the browser gives the same JSON as the terminal', async () => {
  const reader = await Reader.at(browser, host.url);
  const queries = [...Object.keys(EXPECTED), 'singapore', 'the', 'cyber', 'nothingwhatever', 'singapore xyzzy', '"smart cities"', '', 'C++ ∑ <b>'];
  for (const query of queries) {
    for (const limit of [10, 2]) {
      const here = await reader.page.evaluate(async (address, asked, most) => {
        const { open } = await import(address);
        const index = await open();
        const found = await index.search(asked, { limit: most });
        index.close();
        return JSON.stringify(found);
      }, `${host.url}searchlet/searchlet.js`, query, limit);
      const there = await searchlet('search', join(site, 'searchlet'), query, '--json', '--limit', String(limit));
      const untimed = (/** @type {string} */ text) => text.trim().replace(/"took_ms":[\d.]+,/, '');
      assert.equal(untimed(here), untimed(there), query);
    }
  }
  await reader.leave();
});

test('suggest answers', async () => {
  const reader = await Reader.at(browser, host.url);
  const suggestions = await reader.page.evaluate(async (address) => {
    const { open } = await import(address);
    const index = await open();
    return index.suggest('asea', { limit: 3 });
  }, `${host.url}searchlet/searchlet.js`);
  assert.equal(suggestions[0].text, 'asean');
  assert.ok(suggestions[0].total >= 2);
  await reader.leave();
});
