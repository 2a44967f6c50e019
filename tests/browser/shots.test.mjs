// Every state of every element, in pictures for the eye to judge (tests/browser/shots/); what a machine can see is checked.

import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChromium } from './browsers.mjs';
import { arabic, english, gardenSite } from './garden.mjs';
import { flaws } from './looks.mjs';
import { Reader } from './reader.mjs';
import { faults, serve } from './server.mjs';
import { sweep } from './site.mjs';

/** @typedef {Awaited<ReturnType<typeof serve>>} Host */
/** @typedef {import('./garden.mjs').Garden} Garden */

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {Map<Garden, Host>} */ const hosts = new Map();
const shots = fileURLToPath(new URL('shots/', import.meta.url));

const PART = /\.part$/;
const ENGINE = /\.wasm$/;
const VIEW = /\/view\.\w+\.js$/;
// A machine of tests has no mouse, so that hints for those who have one would be in no picture.
const MOUSE = '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4';

// Longer than any test takes.
const HELD = faults.delayed(600_000);
// It is not tried again, so that nobody waits.
const REFUSED = { status: 403 };

before(async () => {
  await rm(shots, { recursive: true, force: true });
  [browser] = await Promise.all([startChromium(MOUSE), mkdir(shots, { recursive: true }), ...[english, arabic].map(async (garden) => {
    // What is not kept must come anew, so that each fault is met.
    hosts.set(garden, await serve(await gardenSite(garden), { 'cache-control': 'no-store' }));
  })]);
});
after(async () => {
  await browser.close();
  await Promise.all([...hosts.values()].map((host) => host.stop()));
  await sweep();
});

/** Has long waits of the page end when the test says so, and the page be offline when the test says so. */
function patience() {
  const { setTimeout } = globalThis;
  /** @type {(() => void)[]} */
  const waiting = [];
  Object.assign(globalThis, {
    connected: true,
    pass: () => waiting.splice(0).forEach((work) => work()),
    setTimeout: (/** @type {any} */ work, /** @type {number} */ wait, /** @type {any[]} */ ...rest) => (
      wait < 5000 ? setTimeout(work, wait, ...rest) : void waiting.push(() => work(...rest))
    ),
  });
  Object.defineProperty(Navigator.prototype, 'onLine', { get: () => /** @type {any} */ (globalThis).connected });
}

/** One page in one window, of which pictures are taken in both themes. */
class Visit {
  /** @type {string[]} */
  flaws = [];

  /**
   * @param {Reader} reader
   * @param {Host} host
   * @param {Garden} garden
   * @param {string} label
   */
  constructor(reader, host, garden, label) {
    this.reader = reader;
    this.host = host;
    this.garden = garden;
    this.label = label;
  }

  /** @param {string} path @param {[RegExp, import('./server.mjs').Fault][]} broken */
  async go(path, ...broken) {
    this.host.fail(...broken);
    await this.reader.page.goto(this.host.url + path);
  }

  /** @param {string} what a selector, in the element's shadow */
  async sees(what) {
    await this.reader.page.waitForFunction((host, selector) => (
      [.../** @type {any} */ (document.querySelector(host)).shadowRoot.querySelectorAll(selector)].some((node) => node.checkVisibility())
    ), { timeout: 10_000 }, this.reader.element, what);
  }

  /**
   * Takes two pictures, once the element shows something.
   *
   * @param {string} state
   * @param {string} [what] a selector of it, in the element's shadow
   */
  async shoot(state, what = '.field') {
    const { page, element } = this.reader;
    const name = `${element.slice(10)}-${state}`;
    await this.sees(what);
    this.flaws.push(...(await page.evaluate(flaws, element)).map((flaw) => `${name}, ${this.label}: ${flaw}`));
    for (const value of ['light', 'dark']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }, { name: 'prefers-reduced-motion', value: 'reduce' }]);
      await page.screenshot({ path: /** @type {`${string}.png`} */ (join(shots, `${name}-${this.label}-${value}.png`)), optimizeForSpeed: true });
    }
  }

  /** @param {string} text takes the place of what stood in the field */
  async type(text) {
    const { page, element } = this.reader;
    await page.evaluate((name, query) => {
      const host = /** @type {any} */ (document.querySelector(name));
      host.shadowRoot.querySelector('input').focus();
      host.value = query;
    }, element, text);
  }

  /** @param {string} text */
  async search(text) {
    await this.reader.page.evaluate(() => { /** @type {any} */ (globalThis).answered = undefined; });
    await this.type(text);
    await this.reader.answer(text);
  }

  /** Turns to another element: opens the dialog, or leaves it. @param {'searchlet-box' | 'searchlet-dialog' | 'searchlet-results'} element */
  async turn(element) {
    const { page } = this.reader;
    this.reader.element = element;
    await page.evaluate((name) => {
      const dialog = /** @type {any} */ (document.querySelector('searchlet-dialog'));
      /** @type {any} */ (document.activeElement)?.blur();
      if (name === 'searchlet-dialog') dialog.show();
      else dialog.close();
    }, element);
  }
}

/** What takes the place of hits. */
const MESSAGE = '.message strong';
const COMBOBOXES = /** @type {const} */ (['searchlet-box', 'searchlet-dialog']);

/** What a reader sees on a good day. @param {Visit} visit */
async function whole(visit) {
  const { reader, garden: { queries, pages: [[, kind]] } } = visit;
  await visit.go('');
  await visit.shoot('home');
  for (const element of COMBOBOXES) {
    await visit.turn(element);
    await visit.type('');
    await visit.shoot('recent', '.recent');
    await visit.search(queries.full);
    await visit.shoot('completions', '.completion');
    await visit.search(queries.passage);
    await reader.press('ArrowDown', 'ArrowDown');
    await visit.shoot('active', '.passage[aria-selected=true]');
    await visit.search(queries.meant);
    await visit.shoot('meant', '.suggestion');
    await visit.search(queries.lacking);
    await visit.shoot('lacking', '.missing');
    await visit.search(queries.unknown);
    await visit.shoot('empty', MESSAGE);
  }
  await visit.search(queries.passage);
  await reader.press('ArrowDown', 'ArrowDown');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  await reader.page.waitForFunction(() => (CSS.highlights.get('searchlet')?.size ?? 0) > 0);
  await visit.shoot('arrival', '.button');
  reader.element = 'searchlet-results';
  await visit.go('results.html');
  await visit.shoot('asleep');
  await visit.search(queries.wide);
  await visit.shoot('hits', '.more');
  await visit.search(queries.passage);
  await visit.shoot('passages', '.passage');
  await visit.search(queries.meant);
  await visit.shoot('meant', '.suggestion');
  await visit.search(queries.lacking);
  await visit.shoot('lacking', '.missing');
  await visit.search(queries.unknown);
  await visit.shoot('empty', MESSAGE);
  await visit.go(`results.html?${new URLSearchParams({ q: queries.wide, kind, sort: 'date:desc' })}`);
  await visit.sees('.link');
  await reader.page.evaluate(() => {
    const details = /** @type {any} */ (document.querySelector('searchlet-results')).shadowRoot.querySelector('details');
    details.open = true;
  });
  await visit.shoot('chosen', '.choice');
}

/**
 * What a reader sees on a bad one.
 *
 * @param {Visit} visit
 * @param {string} state
 * @param {[RegExp, import('./server.mjs').Fault]} fault
 * @param {string} what tells it, in the shadow
 */
async function fail(visit, state, fault, what) {
  for (const path of ['', 'results.html']) {
    await visit.go(path, fault);
    await visit.reader.page.evaluate((connected) => { /** @type {any} */ (globalThis).connected = connected; }, state !== 'offline');
    for (const element of path ? /** @type {const} */ (['searchlet-results']) : COMBOBOXES) {
      await visit.turn(element);
      await visit.type(visit.garden.queries.passage);
      await visit.shoot(state, what);
      if (state !== 'searching') continue;
      await visit.reader.page.evaluate(() => /** @type {any} */ (globalThis).pass());
      await visit.shoot('stalled', MESSAGE);
    }
  }
}

for (const garden of [english, arabic]) {
  for (const [width, height] of [[360, 740], [768, 900], [1280, 800]]) {
    test(`${garden.language}, ${width} pixels`, async () => {
      const host = /** @type {Host} */ (hosts.get(garden));
      const reader = await Reader.at(browser, `${host.url}site.css`, {
        async before(page) {
          await page.setViewport({ width: Number(width), height: Number(height), isMobile: width === 360, hasTouch: width === 360 });
          await page.evaluateOnNewDocument(patience);
          await page.evaluateOnNewDocument((recent) => localStorage.setItem('searchlet:recent', JSON.stringify(recent)), garden.recent);
        },
      });
      const visit = new Visit(reader, host, garden, `${garden.language}-${width}`);
      await whole(visit);
      await fail(visit, 'searching', [PART, HELD], MESSAGE);
      await fail(visit, 'partial', [/almanac.*\.part$/, faults.missing()], '.note .again');
      await fail(visit, 'failed', [ENGINE, faults.missing()], '.message .again');
      await fail(visit, 'offline', [ENGINE, REFUSED], MESSAGE);
      await fail(visit, 'unstarted', [VIEW, faults.missing()], '.panel');
      assert.deepEqual(visit.flaws, []);
      await reader.leave();
    });
  }
}
