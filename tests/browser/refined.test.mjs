// Filters, facets and order in the browser are those of the terminal.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { searchlet, siteOf, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let host;
/** @type {string} */ let site;

const RECORDS = [
  { url: 'pears', title: 'Pears', text: 'Sweet pears.', kind: 'fruit', tags: ['green', 'sweet'], price: 1.5, date: '2024-02-29', fresh: true },
  { url: 'limes', title: 'Limes', text: 'Sour, not sweet.', kind: 'fruit', tags: ['green', 'sour'], price: 3, date: '2023-05-01' },
  { url: 'beets', title: 'Beets', text: 'Sweet roots.', kind: 'root crop', price: 2 },
  { url: 'apples', title: 'Apples', text: 'Sweet apples.', kind: 'fruit', tags: ['red', 'sweet'], price: 2, date: '2024-03-01' },
];

before(async () => {
  [browser, site] = await Promise.all([startBrowser(), siteOf({ 'shop.jsonl': RECORDS.map((record) => JSON.stringify(record)).join('\n') })]);
  host = await serve(site);
});
after(async () => {
  await browser.close();
  await host.stop();
  await sweep();
});

/**
 * @param {string} query
 * @param {object} options
 */
async function ask(query, options) {
  const reader = await Reader.at(browser, host.url);
  const found = await reader.page.evaluate(async (address, asked, refined) => {
    const { open } = await import(address);
    const index = await open();
    const answer = await index.search(asked, refined).then(JSON.stringify, (/** @type {any} */ error) => `${error.code}: ${error.message}`);
    index.close();
    return answer;
  }, `${host.url}searchlet/searchlet.js`, query, options);
  await reader.leave();
  return found;
}

const EXPECTED = [
  ['sweet', { filters: { kind: 'fruit' }, sort: 'date:desc' }, 'apples pears limes'],
  ['', { filters: { kind: ['fruit', 'none'] }, sort: ['kind', 'price:desc'] }, 'limes apples pears'],
  ['', { filters: { tags: { all: ['green', { not: 'sour' }] } } }, 'pears'],
  ['', { filters: { price: { min: 1.6, max: 2 }, kind: { any: ['root crop'] } } }, 'beets'],
  ['', { filters: { date: { max: '2024-02' } }, sort: 'date' }, 'limes pears'],
  ['', { filters: { fresh: true } }, 'pears'],
  ['', { filters: { price: '3' } }, 'limes'],
  ['', { filters: { date: {} }, sort: 'date', offset: 1, limit: 1 }, 'pears'],
  ['sweet -kind:fruit', {}, 'beets'],
  ['', { filters: { colour: 'red' } }, ''],
];

test('filters and order', async () => {
  for (const [query, options, urls] of EXPECTED) {
    const found = JSON.parse(await ask(String(query), Object(options)));
    assert.equal(found.hits.map((/** @type {{ url: string }} */ hit) => hit.url).join(' '), urls, JSON.stringify([query, options]));
  }
});

test('facets are those of the terminal', async () => {
  const here = await ask('sweet', { filters: { kind: ['fruit'] }, facets: ['kind', 'price', 'tags'], facetValues: 2, sort: 'price', limit: 2 });
  const flags = ['--filter', 'kind=fruit', '--facet', 'kind', '--facet', 'price', '--facet', 'tags', '--facet-values', '2', '--sort', 'price', '--limit', '2'];
  const there = await searchlet('search', join(site, 'searchlet'), 'sweet', '--json', ...flags);
  const untimed = (/** @type {string} */ text) => text.trim().replace(/"took_ms":[\d.]+,/, '');
  assert.equal(untimed(here), untimed(there));
  assert.deepEqual(JSON.parse(here).facets.kind, [{ value: 'fruit', count: 3 }, { value: 'root crop', count: 1 }]);
});

test('a filter that makes no sense is told', async () => {
  assert.match(await ask('sweet', { filters: { kind: { like: 'fruit' } } }), /^options: the filter of kind has like/);
  assert.match(await ask('sweet', { filters: { kind: null } }), /^options: the filter of kind has null/);
});

test('options that are not there are none, and wrong ones stop nobody else', async () => {
  assert.equal(JSON.parse(await ask('sweet', { filters: null, facets: null, sort: null })).total, 4);
  assert.deepEqual(Object.keys(JSON.parse(await ask('sweet', { facets: 'kind' })).facets), ['kind']);
});
