// A page of results says what its address says, and comes back as it was left.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CHROMIUM_ALONE, startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { page, siteOf, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let host;
/** @type {string} */ let site;

const KINDS = ['fruit', 'herb', 'root crop', '<b>bold</b>'];
const NAMES = ['Apple', 'Mint', 'Carrot', 'Moss'];
const element = 'searchlet-results';
const FORM = '<form role="search" action="results.html"><input name="q" placeholder="Search the garden" aria-label="Search plants"></form>';
const ELEMENT = `<searchlet-results filters="kind=Kind of plant, shade" ranges="price, date:date=Planted" sort="price=Cheapest, date:desc">${FORM}</searchlet-results>`;

/** Forty plants, of which each fourth is of a kind. */
function plants() {
  return Array.from({ length: 40 }, (_, number) => JSON.stringify({
    url: `plant${number}.html`,
    title: `${NAMES[number % 4]} ${number}`,
    text: `A plant of the garden.\n\n${'It grows slowly and needs water. '.repeat(4)}`,
    kind: KINDS[number % 4],
    shade: number % 2 ? 'sun' : 'shadow',
    price: number,
    date: `2024-01-${String(number % 28 + 1).padStart(2, '0')}`,
  })).join('\n');
}

before(async () => {
  [browser, site] = await Promise.all([startBrowser(), siteOf({ 'plants.jsonl': plants() })]);
  await page(site, 'results.html', ELEMENT);
  for (let number = 0; number < 40; number += 1) await writeFile(join(site, `plant${number}.html`), `<!doctype html><title>Plant</title><p>Plant ${number}`);
  // What may not be stored is not kept alive for Back either, so that coming back begins anew.
  host = await serve(site, { 'cache-control': 'no-store' });
});
after(async () => {
  await browser.close();
  await host.stop();
  await sweep();
});

/** @param {string} search */
async function at(search) {
  const reader = await Reader.at(browser, `${host.url}results.html${search}`, { element });
  return reader;
}

/**
 * Does something that leads to new hits.
 *
 * @param {Reader} reader
 * @param {() => Promise<unknown>} act
 */
async function renewed(reader, act) {
  const seen = await reader.watch(() => new Promise((done) => { addEventListener('searchlet-results', () => done(undefined), { once: true }); }));
  await act();
  await seen();
  return reader.results();
}

/** @param {Reader} reader @param {string} value */
const tick = (reader, value) => renewed(reader, () => reader.page.click(`searchlet-results >>> input[value="${value}"]`));

test('the address is the search', async () => {
  const reader = await at('?q=garden&kind=fruit');
  await reader.answer('garden');
  const { count, titles, filters } = await reader.results();
  assert.equal(count, '10 results for “garden”');
  assert.equal(titles.length, 10);
  assert.ok(titles.every((title) => title.startsWith('Apple')), titles.join());
  // What a wider choice would bring, whatever is chosen of the same key.
  assert.deepEqual(filters['Kind of plant'], ['<b>bold</b> 10', '*fruit 10', 'herb 10', 'root crop 10']);
  assert.deepEqual(filters.Shade, ['shadow 10']);
  assert.equal((await reader.field()).value, 'garden');
  await reader.leave();
});

test('typing changes the address, and Back leads away from the page, not through the letters', async () => {
  const reader = await at('');
  const before = await reader.page.evaluate(() => history.length);
  await reader.search('carrot');
  const { titles, address } = await reader.results();
  assert.equal(address, '?q=carrot');
  assert.ok(titles.length === 10 && titles.every((title) => title.startsWith('Carrot')));
  assert.equal(await reader.page.evaluate(() => history.length), before);
  await reader.leave();
});

test('a filter is an address of its own, and the focus stays', async () => {
  const reader = await at('?q=garden');
  await reader.answer('garden');
  const chosen = await tick(reader, 'herb');
  assert.equal(chosen.address, '?q=garden&kind=herb');
  assert.equal(chosen.count, '10 results for “garden”');
  assert.equal(chosen.focus, 'kind');
  const both = await tick(reader, 'fruit');
  assert.equal(both.count, '20 results for “garden”');
  assert.deepEqual(new URLSearchParams(both.address).getAll('kind').sort(), ['fruit', 'herb']);
  const before = await renewed(reader, () => reader.page.goBack());
  assert.equal(before.address, '?q=garden&kind=herb');
  assert.deepEqual(before.filters['Kind of plant']?.filter((label) => label.startsWith('*')), ['*herb 10']);
  await reader.leave();
});

test('ranges, order, and what clears them', async () => {
  const reader = await at('?q=garden');
  await reader.answer('garden');
  await reader.page.focus('searchlet-results >>> [name="price.min"]');
  await reader.page.keyboard.type('30');
  const dear = await renewed(reader, () => reader.press('Enter'));
  assert.equal(dear.count, '10 results for “garden”');
  const sorted = await renewed(reader, () => reader.page.select('searchlet-results >>> select', 'price'));
  assert.deepEqual(sorted.titles.slice(0, 2), ['Carrot 30', 'Moss 31']);
  const late = await renewed(reader, () => reader.page.select('searchlet-results >>> select', 'date:desc'));
  assert.equal(late.titles[0], 'Moss 39');
  assert.deepEqual(Object.fromEntries(new URLSearchParams(late.address)), { q: 'garden', 'price.min': '30', sort: 'date:desc' });
  const cleared = await renewed(reader, () => reader.page.click('searchlet-results >>> [part=reset]'));
  assert.deepEqual(Object.fromEntries(new URLSearchParams(cleared.address)), { q: 'garden', sort: 'date:desc' });
  assert.equal(cleared.count, '40 results for “garden”');
  assert.equal(cleared.focus, 'count');
  await reader.leave();
});

test('more hits, a hit, and back to where the reader was', async () => {
  const reader = await at('?q=garden');
  await reader.answer('garden');
  const more = await renewed(reader, () => reader.page.click('searchlet-results >>> [part=more]'));
  assert.equal(more.titles.length, 20);
  assert.equal(more.address, '?q=garden&page=2');
  assert.equal(more.focus, 'hit-10', 'the first of the new hits');
  await reader.page.focus('searchlet-results >>> #hit-15');
  // What has the focus need not be in sight; where the page stands then is up to the browser.
  await reader.page.evaluate(() => scrollTo(0, 700));
  const place = await reader.page.evaluate(() => Math.round(scrollY));
  assert.ok(place > 600);
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  assert.match(reader.page.url(), /plant\d+\.html$/);
  await reader.page.goBack();
  await reader.answer('garden');
  const back = await reader.results();
  assert.deepEqual(back.titles, more.titles);
  assert.equal(back.focus, 'hit-15');
  assert.equal(await reader.page.evaluate(() => Math.round(scrollY)), place);
  await reader.leave();
});

test('Back leads to what was there before the first letter, and Enter twice is one step', async () => {
  const reader = await at('?q=garden');
  await reader.answer('garden');
  await reader.search('apple');
  const length = await reader.page.evaluate(() => history.length);
  await reader.press('Enter', 'Enter', 'Enter');
  assert.equal(await reader.page.evaluate(() => history.length), length + 1);
  await reader.page.evaluate(() => history.back());
  await reader.answer('garden');
  assert.equal((await reader.field()).value, 'garden');
  await reader.leave();
});

test('who types on after coming back is not called away from the field', async () => {
  const reader = await at('?q=garden');
  await reader.answer('garden');
  await reader.page.focus('searchlet-results >>> #hit-3');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  await reader.page.goBack();
  await reader.search('apple');
  await reader.page.keyboard.type(' tree');
  await reader.answer('apple tree');
  assert.deepEqual([(await reader.results()).focus, (await reader.field()).value], ['q', 'apple tree']);
  await reader.leave();
});

test('what a script sets before the element is one is searched', async () => {
  await page(site, 'early.html', '<searchlet-results></searchlet-results>');
  const reader = await Reader.at(browser, `${host.url}early.html`, {
    element,
    before: (opened) => opened.evaluateOnNewDocument(() => {
      document.addEventListener('readystatechange', () => { /** @type {any} */ (document.querySelector('searchlet-results')).value = 'garden'; }, { once: true });
    }),
  });
  await reader.answer('garden');
  assert.equal((await reader.field()).value, 'garden');
  assert.equal((await reader.results()).address, '?q=garden');
  await reader.page.evaluate(() => { /** @type {any} */ (document.querySelector('searchlet-results')).value = 'apple'; });
  await reader.answer('apple');
  await reader.leave();
});

test('on a page whose base is another site the address still tells the search', async () => {
  await writeFile(join(site, 'based.html'), `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><base href="https://elsewhere.example/docs/">
<script type="module" src="${host.url}searchlet/searchlet.js"></script><searchlet-results></searchlet-results>`);
  const reader = await Reader.at(browser, `${host.url}based.html`, { element });
  await reader.search('garden');
  assert.equal(reader.page.url(), `${host.url}based.html?q=garden`);
  await reader.leave();
});

test('without words there are hits as soon as something is chosen', async () => {
  const reader = await at('?shade=sun&sort=price');
  await reader.answer('');
  const { count, titles } = await reader.results();
  assert.equal(count, '20 results');
  assert.equal(titles[0], 'Mint 1');
  await reader.leave();
});

test('a choice that no document has can be given up', async () => {
  const reader = await at('?q=garden&kind=tree');
  await reader.answer('garden');
  const none = await reader.results();
  assert.equal(none.titles.length, 0);
  assert.match(await reader.said(), /Nothing found for “garden”/);
  assert.equal(none.filters['Kind of plant']?.at(-1), '*tree 0');
  assert.equal((await tick(reader, 'tree')).count, '40 results for “garden”');
  await reader.leave();
});

test('what was meant is one press away', async () => {
  const reader = await at('?q=gardne');
  await reader.answer('gardne');
  assert.match(await reader.said(), /Did you mean garden\s*\?/);
  await reader.page.click('searchlet-results >>> [part=suggestion]');
  await reader.answer('garden');
  assert.equal((await reader.results()).address, '?q=garden');
  assert.ok((await reader.field()).focused);
  await reader.leave();
});

test('headings, a list, groups of checkboxes, to a screen reader', { skip: CHROMIUM_ALONE }, async () => {
  const reader = await at('?q=garden');
  await reader.answer('garden');
  const all = /** @type {any[]} */ ([]);
  (function walk(node) {
    all.push(node);
    (node?.children ?? []).forEach(walk);
  })(/** @type {any} */ (await reader.page.accessibility.snapshot({ interestingOnly: false })));
  const named = (/** @type {string} */ role) => all.filter((node) => node.role === role).map(({ name }) => name);
  assert.ok(named('search').length > 0);
  assert.deepEqual(named('searchbox'), ['Search plants']);
  assert.deepEqual(all.filter(({ role, level }) => role === 'heading' && level === 2).map(({ name }) => name), ['40 results for “garden”']);
  assert.equal(all.filter(({ role, level }) => role === 'heading' && level === 3).length, 10);
  assert.ok(named('group').includes('Kind of plant') && named('checkbox').some((name) => /^fruit\s*10$/.test(name)), named('checkbox').join());
  assert.ok(all.filter(({ role }) => role === 'listitem').length >= 10);
  await reader.page.waitForFunction(() => /^40 results for “garden”/.test(/** @type {any} */ (document.querySelector('searchlet-results')).shadowRoot.querySelector('[role=status]').textContent));
  await reader.leave();
});

test('a page draws hits itself, from a template or by a function', async () => {
  const fields = '<template><h4><a data-field="title" part="own"></a></h4><i data-field="kind"></i><q data-field="excerpt"></q><u data-field="lacking"></u></template>';
  await page(site, 'template.html', `<searchlet-results>${fields}</searchlet-results><searchlet-box></searchlet-box>`);
  const reader = await Reader.at(browser, `${host.url}template.html?q=garden+moss+3`, { element });
  await reader.answer('garden moss 3');
  const drawn = await reader.page.evaluate(() => {
    const hit = /** @type {any} */ (document.querySelector('searchlet-results')).shadowRoot.querySelector('li');
    return { title: hit.querySelector('h4').textContent, href: hit.querySelector('a').href, kind: hit.querySelector('i').textContent, marks: hit.querySelectorAll('q mark').length, lacking: hit.querySelectorAll('u').length };
  });
  assert.equal(drawn.title, 'Moss 3');
  assert.match(drawn.href, /plant3\.html$/);
  assert.equal(drawn.kind, '<b>bold</b>', 'text, not markup');
  assert.ok(drawn.marks > 0);
  assert.equal(drawn.lacking, 0, 'a field that a hit has not is left out');
  await reader.page.evaluate(() => {
    const box = /** @type {any} */ (document.querySelector('searchlet-box'));
    box.render = (/** @type {any} */ hit, /** @type {any} */ { segments }) => {
      const made = document.createElement('em');
      made.append(`${hit.title}: `, ...segments(hit.excerpt));
      return made;
    };
  });
  reader.element = 'searchlet-box';
  await reader.type('apple 4');
  await reader.page.waitForFunction(() => /** @type {any} */ (globalThis).answered === 'apple 4');
  const option = await reader.page.evaluate(() => /** @type {any} */ (document.querySelector('searchlet-box')).shadowRoot.querySelector('a[role=option] em')?.textContent);
  assert.match(option, /^Apple 4: /);
  await reader.leave();
});

test('nothing is fetched for a page that asks for nothing', async () => {
  const own = await serve(site);
  const reader = await Reader.at(browser, `${own.url}results.html`, { element });
  await reader.page.waitForNetworkIdle();
  assert.deepEqual(own.requests.filter((path) => path.startsWith('/searchlet/')), ['/searchlet/searchlet.js']);
  await reader.leave();
  await own.stop();
});

test('at 320 pixels nothing sticks out, and filters are folded', async () => {
  const reader = await Reader.at(browser, `${host.url}results.html?q=garden`, { element, before: (opened) => opened.setViewport({ width: 320, height: 640 }) });
  await reader.answer('garden');
  assert.equal(await reader.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  const open = () => reader.page.evaluate(() => /** @type {any} */ (document.querySelector('searchlet-results')).shadowRoot.querySelector('details').open);
  assert.equal(await open(), false);
  await reader.page.click('searchlet-results >>> summary');
  assert.equal(await open(), true);
  await tick(reader, 'herb');
  assert.equal(await open(), true, 'new hits do not fold them again');
  await reader.leave();
});

test('without JavaScript the form is a form', { skip: CHROMIUM_ALONE }, async () => {
  const reader = await Reader.at(browser, `${host.url}results.html`, { element, before: (opened) => opened.setJavaScriptEnabled(false) });
  await reader.page.type('searchlet-results input', 'apple');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  assert.equal(reader.page.url(), `${host.url}results.html?q=apple`);
  await reader.leave();
});
