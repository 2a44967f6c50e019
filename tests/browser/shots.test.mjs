// Every state of every element, in pictures for the eye to judge (tests/browser/shots/); what a machine can see is checked.

import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { env } from 'node:process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChromium } from './browsers.mjs';
import { hang } from './gallery.mjs';
import { arabic, english, gardenSite } from './garden.mjs';
import { Reader } from './reader.mjs';
import { faults, serve } from './server.mjs';
import { demoSite, sweep } from './site.mjs';
import { Visit } from './visit.mjs';

/** @typedef {import('./visit.mjs').Host} Host */
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

/** What takes the place of hits. @param {string} screen */
const message = (screen) => `.message:has([name=${screen}])`;
const COMBOBOXES = /** @type {const} */ (['searchlet-box', 'searchlet-dialog']);

/** What a reader sees whose words are misspelt, or found in part, or not at all. @param {Visit} visit */
async function unlucky(visit) {
  const { queries } = visit.garden;
  await visit.search(queries.meant);
  await visit.shoot(shots, 'meant', '.suggestion');
  await visit.search(queries.lacking);
  await visit.shoot(shots, 'lacking', '.missing');
  await visit.search(queries.unknown);
  await visit.shoot(shots, 'empty', message('empty'));
}

/** What a reader sees on a good day. @param {Visit} visit */
async function whole(visit) {
  const { reader, garden: { queries, pages: [[, kind]] } } = visit;
  await visit.go('');
  await visit.shoot(shots, 'home');
  for (const element of COMBOBOXES) {
    await visit.turn(element);
    await visit.type('');
    await visit.shoot(shots, 'recent', '.recent');
    await visit.search(queries.full);
    await visit.shoot(shots, 'completions', '.completion');
    await visit.search(queries.passage);
    await reader.press('ArrowDown', 'ArrowDown');
    await visit.shoot(shots, 'active', '.passage[aria-selected=true]');
    await unlucky(visit);
  }
  await visit.search(queries.passage);
  await reader.press('ArrowDown', 'ArrowDown');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  await reader.page.waitForFunction(() => (CSS.highlights.get('searchlet')?.size ?? 0) > 0);
  await visit.shoot(shots, 'arrival', '.button');
  reader.element = 'searchlet-results';
  await visit.go('results.html');
  await visit.shoot(shots, 'asleep');
  await visit.search(queries.wide);
  await visit.shoot(shots, 'hits', '.more');
  await visit.search(queries.passage);
  await visit.shoot(shots, 'passages', '.passage');
  await unlucky(visit);
  await visit.go(`results.html?${new URLSearchParams({ q: queries.wide, kind, sort: 'date:desc' })}`);
  await visit.sees('.link');
  await reader.page.evaluate(() => {
    const details = /** @type {any} */ (document.querySelector('searchlet-results')).shadowRoot.querySelector('details');
    details.open = true;
  });
  await visit.shoot(shots, 'chosen', '.choice');
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
      await visit.shoot(shots, state, what);
      if (state !== 'searching') continue;
      await visit.reader.page.evaluate(() => /** @type {any} */ (globalThis).pass());
      await visit.shoot(shots, 'stalled', message('stalled'));
    }
  }
}

for (const garden of [english, arabic]) {
  for (const [width, height] of [[360, 740], [768, 900], [1280, 800]]) {
    test(`${garden.language}, ${width} pixels`, async () => {
      const host = /** @type {Host} */ (hosts.get(garden));
      const window = { width: Number(width), height: Number(height), isMobile: width === 360, hasTouch: width === 360 };
      const visit = await Visit.to(browser, host, garden, window, `${garden.language}-${width}`);
      await whole(visit);
      await fail(visit, 'searching', [PART, HELD], message('searching'));
      await fail(visit, 'partial', [/almanac.*\.part$/, faults.missing()], '.note .again');
      await fail(visit, 'failed', [ENGINE, faults.missing()], message('failed'));
      await fail(visit, 'offline', [ENGINE, REFUSED], message('offline'));
      await fail(visit, 'unstarted', [VIEW, faults.missing()], '.panel');
      assert.deepEqual(visit.flaws, []);
      await visit.reader.leave();
    });
  }
}

test('the gallery: every picture is there, in the room that the page keeps for it', async () => {
  const host = await serve(await demoSite());
  const reader = await Reader.at(browser, `${host.url}gallery.html`);
  const pictures = await reader.page.evaluate(() => Promise.all([...document.querySelectorAll('img')].flatMap((shown) => {
    const other = shown.parentElement?.querySelector('source')?.srcset;
    return [shown.src, ...(other ? [other] : [])].map(async (src) => {
      const picture = Object.assign(new Image(), { src });
      await picture.decode();
      return { src, alt: shown.alt, kept: Number(shown.getAttribute('height')) / Number(shown.getAttribute('width')), is: picture.naturalHeight / picture.naturalWidth };
    });
  })));
  assert.ok(pictures.length > 8);
  assert.deepEqual(pictures.filter(({ alt, kept, is }) => !alt || kept !== is), []);
  await reader.leave();
  await host.stop();
});

// `SHOTS=gallery node --test tests/browser/shots.test.mjs` takes the pictures of the demo's gallery anew.
if (env.SHOTS === 'gallery') {
  test('the gallery', async () => {
    const demo = await serve(await demoSite());
    await hang(browser, { english: /** @type {Host} */ (hosts.get(english)), arabic: /** @type {Host} */ (hosts.get(arabic)), demo });
    await demo.stop();
  });
}
