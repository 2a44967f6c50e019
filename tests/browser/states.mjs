// Every state that an element can be in, with the way by which a reader gets there.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Reader } from './reader.mjs';
import { faults, serve } from './server.mjs';
import { siteOf } from './site.mjs';

/** @typedef {import('puppeteer-core').Browser} Browser */
/** @typedef {import('puppeteer-core').Page} Page */

/**
 * @typedef {object} State
 * @property {string} name
 * @property {'searchlet-box' | 'searchlet-dialog' | 'searchlet-results'} element
 * @property {string} address of the page
 * @property {(page: Page) => unknown} [before] what the browser remembers, or is told
 * @property {[RegExp, import('./server.mjs').Fault]} [fault] of the host, from the beginning
 * @property {(reader: Reader) => Promise<unknown>} reach ends once the state is on view
 */

/** What a strict page allows, so that nothing here works by a permission that a site may not give. */
export const STRICT = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; worker-src 'self'; "
    + "require-trusted-types-for 'script'; trusted-types searchlet",
};

const ENGINE = /\.wasm$/;
const HEAD = /\.head$/;
const PART = /\.part$/;

const KINDS = ['fruit', 'herb', 'root crop', 'bulb', 'moss', 'tree', 'shrub', 'grass', 'vine', 'fern'];

/** Forty plants, with passages, and with what filters, ranges and orders need. */
function plants() {
  return Array.from({ length: 40 }, (_, number) => JSON.stringify({
    url: `plant${number}.html`,
    title: `${KINDS[number % 10]} number ${number} of the garden`,
    markdown: `A plant of the garden, beside the garlic.\n\n## Watering in the garden\n\n${'It grows slowly and needs water. '.repeat(12)}\n\n## Soil of the garden\n\n${'The soil is rich, loose, never wet. '.repeat(12)}\n`,
    kind: KINDS[number % 10],
    shade: number % 2 ? 'sun' : 'shadow',
    price: number,
    date: `2024-01-${String(number % 28 + 1).padStart(2, '0')}`,
  })).join('\n');
}

const RESULTS = '<searchlet-results filters="kind=Kind of plant, shade" ranges="price, date:date=Planted" sort="price=Cheapest, date:desc"></searchlet-results>';

// What a site around the elements has to do itself; a room below the box, so that its panel has somewhere to open.
const SHEET = ':root { color-scheme: light dark; color: CanvasText; background: Canvas; } main { max-inline-size: 50rem; min-block-size: 60rem; margin-inline: auto; } body { margin: 8px; }';

/** @param {string} header @param {string} main */
function page(header, main, root = 'lang="en"') {
  return `<!doctype html><html ${root}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A garden</title>
<link rel="stylesheet" href="site.css"><script type="module" src="searchlet/searchlet.js"></script></head>
<body><header>${header}</header><main><h1>A garden</h1>${main}</main></body></html>`;
}

/** The site that all states are states of. */
export async function garden() {
  const site = await siteOf({ 'plants.jsonl': plants() });
  const right = 'lang="ar" dir="rtl"';
  const files = {
    'site.css': SHEET,
    'box.html': page('', '<searchlet-box></searchlet-box>'),
    'box-rtl.html': page('', '<searchlet-box></searchlet-box>', right),
    'dialog.html': page('<searchlet-dialog></searchlet-dialog>', '<p>Plants.'),
    'dialog-rtl.html': page('<searchlet-dialog></searchlet-dialog>', '<p>Plants.', right),
    'results.html': page('', RESULTS),
    'results-rtl.html': page('', RESULTS, right),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(site, name), text);
  return site;
}

/**
 * Has a reader come to a state. What `leave` ends was without problems.
 *
 * @param {Browser} browser
 * @param {string} site
 * @param {State} state
 */
export async function visit(browser, site, { element, address, before, fault, reach }) {
  const host = await serve(site, STRICT);
  if (fault) host.fail(fault);
  const reader = await Reader.at(browser, `${host.url}${address}`, {
    element,
    async before(opened) {
      // What fades in has another contrast on its way.
      await opened.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
      await before?.(opened);
    },
  });
  await reach(reader);
  return {
    reader,
    async leave() {
      await reader.leave();
      await host.stop();
    },
  };
}

/** A browser in which somebody searched before. @param {Page} opened */
const remembers = (opened) => opened.evaluateOnNewDocument(() => localStorage.setItem('searchlet:recent', '["moss","watering the garden"]'));

/** A reader who has all the time: what is to come after seconds never comes. @param {Page} opened */
const patient = (opened) => opened.evaluateOnNewDocument(() => {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = /** @type {any} */ ((/** @type {() => void} */ act, /** @type {number} */ wait, /** @type {any[]} */ ...given) => (wait > 2000 ? 0 : setTimeout(act, wait, ...given)));
});

/** @param {Reader} reader @param {string} selector */
const shows = (reader, selector) => reader.page.waitForSelector(`${reader.element} >>> ${selector}`);

/** Hits with passages, with what the query may become. @param {Reader} reader */
async function hits(reader) {
  await reader.search('garden wat');
  await shows(reader, '[part=completion]');
  await shows(reader, '[part=passage]');
}

/** @param {Reader} reader @param {string} query @param {RegExp} told */
async function told(reader, query, told) {
  await reader.type(query);
  await reader.hears(told);
}

/** What box and dialog have in common. @param {'box' | 'dialog'} kind @returns {State[]} */
function combobox(kind) {
  const element = /** @type {const} */ (`searchlet-${kind}`);
  const address = `${kind}.html`;
  /** @param {(reader: Reader) => Promise<unknown>} reach @returns {(reader: Reader) => Promise<unknown>} */
  const opened = (reach) => async (reader) => {
    if (kind === 'dialog') await reader.page.click('searchlet-dialog >>> [part=button]');
    await reach(reader);
  };
  /** @type {Omit<State, 'element' | 'address'>[]} */
  const all = [
    { name: 'asleep', reach: (reader) => shows(reader, 'input') },
    { name: 'recent searches', before: remembers, reach: opened((reader) => reader.type('').then(() => reader.hears(/watering the garden/))) },
    { name: 'hits', reach: opened(hits) },
    { name: 'an option is active', reach: opened(async (reader) => {
      await hits(reader);
      await reader.press('ArrowDown');
      await shows(reader, '[aria-selected=true]');
    }) },
    { name: 'hits that lack a word', reach: opened(async (reader) => {
      await reader.search('garden zeppelin');
      await shows(reader, '[part=missing]');
    }) },
    { name: 'nothing found', reach: opened((reader) => told(reader, 'xyzzyplugh', /Nothing found/)) },
    { name: 'another word was meant', reach: opened((reader) => told(reader, 'gardne', /Did you mean/)) },
    { name: 'a part is lost', fault: [PART, faults.missing()], reach: opened((reader) => told(reader, 'watering', /may be missing/)) },
    { name: 'searching', fault: [HEAD, faults.held()], before: patient, reach: opened((reader) => told(reader, 'garden', /Searching/)) },
    { name: 'stalled', fault: [HEAD, faults.held()], reach: opened((reader) => told(reader, 'garden', /Still searching/)) },
    { name: 'failed', fault: [ENGINE, faults.missing()], reach: opened((reader) => told(reader, 'garden', /not available/)) },
    { name: 'offline', fault: [HEAD, faults.dropped()], before: remembers, reach: opened(async (reader) => {
      // Until the view is there nothing could tell the reader.
      await reader.type('');
      await reader.hears(/watering the garden/);
      await reader.page.setOfflineMode(true);
      await told(reader, 'garden', /You are offline/);
    }) },
  ];
  return all.map((state) => ({ ...state, element, address }));
}

/** @returns {State[]} */
function results() {
  const element = /** @type {const} */ ('searchlet-results');
  const answered = (/** @type {string} */ query) => (/** @type {Reader} */ reader) => reader.answer(query);
  /** @type {Omit<State, 'element'>[]} */
  const all = [
    { name: 'asked nothing', address: 'results.html', reach: (reader) => shows(reader, 'input') },
    { name: 'hits, with filters, ranges, an order, and more', address: 'results.html?q=garden', reach: answered('garden') },
    { name: 'hits of a choice', address: 'results.html?q=garden&kind=herb&sort=price&price.min=10', reach: answered('garden') },
    { name: 'hits that lack a word', address: 'results.html?q=garden+zeppelin', reach: answered('garden zeppelin') },
    { name: 'nothing found', address: 'results.html?q=xyzzyplugh', reach: answered('xyzzyplugh') },
    { name: 'another word was meant', address: 'results.html?q=gardne', reach: answered('gardne') },
    { name: 'a part is lost', address: 'results.html?q=watering', fault: [PART, faults.missing()], reach: answered('watering') },
    { name: 'failed', address: 'results.html?q=garden', fault: [ENGINE, faults.missing()], reach: (reader) => reader.hears(/not available/) },
    { name: 'stalled', address: 'results.html?q=garden', fault: [HEAD, faults.held()], reach: (reader) => reader.hears(/Still searching/) },
  ];
  return all.map((state) => ({ ...state, element }));
}

/** @type {State[]} */
export const states = [...combobox('box'), ...combobox('dialog'), ...results()];
