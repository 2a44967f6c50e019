// A page of results is worked by the keyboard alone, and a screen reader is told what it shows.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CHROMIUM_ALONE, startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { sweep } from './site.mjs';
import { afterPause, assertNamed, listens, spoken, withoutPauses } from './spoken.mjs';
import { STRICT, garden } from './states.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let host;

before(async () => {
  const [started, site] = await Promise.all([startBrowser(), garden()]);
  browser = started;
  host = await serve(site, STRICT);
});
after(async () => {
  await browser.close();
  await host.stop();
  await sweep();
});

/** @param {string} search */
async function onResults(search) {
  const reader = await Reader.at(browser, `${host.url}results.html${search}`, { element: 'searchlet-results' });
  await reader.answer('garden');
  return reader;
}

/** Does something that leads to new hits. @param {Reader} reader @param {() => Promise<unknown>} act */
async function renewed(reader, act) {
  const seen = await reader.watch(() => new Promise((done) => { addEventListener('searchlet-results', () => done(undefined), { once: true }); }));
  await act();
  await seen();
  return reader.results();
}

test('Tab goes from the field through filters, ranges and order to the hits, in the order in which they stand', async () => {
  const reader = await onResults('?q=garden');
  const stops = [];
  for (let press = 0; press < 26; press += 1) {
    await reader.press('Tab');
    stops.push(await reader.page.evaluate(() => {
      const active = /** @type {any} */ (document.querySelector('searchlet-results')).shadowRoot.activeElement;
      return active?.name || active?.id || active?.className || active?.localName || '';
    }));
  }
  const order = stops.filter((stop, at) => stop !== stops[at - 1]);
  assert.deepEqual(order.slice(0, 12), ['q', 'summary', 'kind', 'summary', 'shade', 'price.min', 'price.max', 'date.min', 'date.max', 'reset', 'sort', 'hit-0']);
  await reader.leave();
});

test('a filter is chosen by Space, and given up again; the focus stays on it', async () => {
  const reader = await onResults('?q=garden');
  await reader.page.focus('searchlet-results >>> [value=herb]');
  const chosen = await renewed(reader, () => reader.press(' '));
  assert.deepEqual([chosen.address, chosen.count, chosen.focus], ['?q=garden&kind=herb', '4 results for “garden”', 'kind']);
  const back = await renewed(reader, () => reader.press(' '));
  assert.deepEqual([back.address, back.focus], ['?q=garden', 'kind']);
  await reader.leave();
});

test('the order is chosen by arrow keys, and the focus stays on it', async () => {
  const reader = await onResults('?q=garden');
  await reader.page.focus('searchlet-results >>> select');
  const sorted = await renewed(reader, () => reader.press('ArrowDown'));
  assert.deepEqual([sorted.address, sorted.focus, sorted.titles[0]], ['?q=garden&sort=price', 'sort', 'fruit number 0 of the garden']);
  await reader.leave();
});

test('more hits by Enter, and the focus is on the first of them', async () => {
  const reader = await onResults('?q=garden');
  await reader.page.focus('searchlet-results >>> .more');
  const more = await renewed(reader, () => reader.press('Enter'));
  assert.deepEqual([more.titles.length, more.focus], [20, 'hit-10']);
  await reader.leave();
});

test('clearing the filters leads to the count', async () => {
  const reader = await onResults('?q=garden&kind=herb');
  await reader.page.focus('searchlet-results >>> .reset');
  const cleared = await renewed(reader, () => reader.press('Enter'));
  assert.deepEqual([cleared.count, cleared.focus], ['40 results for “garden”', 'count']);
  await reader.leave();
});

test('what is found is said after a pause, once', async () => {
  const reader = await Reader.at(browser, `${host.url}results.html?q=garden`, { element: 'searchlet-results', before: withoutPauses });
  await reader.answer('garden');
  await listens(reader);
  assert.deepEqual(await afterPause(reader), ['40 results for “garden”.']);
  await reader.page.focus('searchlet-results >>> [value=herb]');
  assert.deepEqual(await afterPause(reader), []);
  await renewed(reader, () => reader.press(' '));
  assert.deepEqual(await afterPause(reader), ['4 results for “garden”.']);
  await reader.leave();
});

test('every control has a name', { skip: CHROMIUM_ALONE }, async () => {
  const reader = await onResults('?q=garden');
  await assertNamed(reader, ['searchbox', 'DisclosureTriangle', 'group', 'checkbox', 'spinbutton', 'Date', 'button', 'combobox', 'link']);
  await reader.leave();
});

test('headings go down by one, and where nothing is found none is empty', { skip: CHROMIUM_ALONE }, async () => {
  const reader = await onResults('?q=garden');
  const levels = async () => (await spoken(reader)).filter(({ role }) => role === 'heading').map(({ level, name }) => `${level} ${name}`);
  assert.deepEqual((await levels()).slice(0, 3), ['1 A garden', '2 40 results for “garden”', '3 fruit number 0 of the garden']);
  await reader.search('xyzzyplugh');
  assert.deepEqual(await levels(), ['1 A garden']);
  await reader.leave();
});
