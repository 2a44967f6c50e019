// The pictures of the demo's gallery, which README shows, too.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { arabic, english } from './garden.mjs';
import { fewColours } from './palette.mjs';
import { Visit } from './visit.mjs';

/** @typedef {import('./visit.mjs').Host} Host */

const wall = fileURLToPath(new URL('../../www/demo/gallery/', import.meta.url));

/**
 * One picture, or one in each theme.
 *
 * @typedef {object} Picture
 * @property {string} name
 * @property {'english' | 'arabic' | 'demo'} host
 * @property {[number, number]} window
 * @property {string[]} themes
 * @property {(visit: Visit) => Promise<unknown>} act what the reader does
 */

const BOTH = ['light', 'dark'];

/** @type {Picture[]} */
const PICTURES = [
  {
    name: 'dialog', host: 'english', window: [820, 580], themes: BOTH,
    async act(visit) {
      await visit.go('');
      await visit.turn('searchlet-dialog');
      await visit.search('watering tom');
      await visit.sees('.completion');
      await visit.reader.press('ArrowDown', 'ArrowDown');
    },
  },
  {
    name: 'box', host: 'demo', window: [860, 620], themes: ['light'],
    async act(visit) {
      await visit.go('');
      await visit.search('asean regional cert');
      await visit.reader.press('ArrowDown', 'ArrowDown');
    },
  },
  {
    name: 'results', host: 'english', window: [820, 560], themes: BOTH,
    async act(visit) {
      visit.reader.element = 'searchlet-results';
      await visit.go('results.html?q=watering&kind=Guide&kind=Plant');
      await visit.sees('.more');
    },
  },
  {
    name: 'phone', host: 'english', window: [390, 700], themes: ['dark'],
    async act(visit) {
      await visit.go('');
      await visit.turn('searchlet-dialog');
      await visit.search('watering roses hedgehog');
    },
  },
  {
    name: 'arabic', host: 'arabic', window: [860, 560], themes: ['light'],
    async act(visit) {
      await visit.go('');
      await visit.turn('searchlet-dialog');
      await visit.search('سقي الطما');
      await visit.sees('.completion');
      await visit.reader.press('ArrowDown');
    },
  },
  {
    name: 'offline', host: 'english', window: [860, 500], themes: ['light'],
    async act(visit) {
      await visit.go('', [/\.wasm$/, { status: 403 }]);
      await visit.reader.page.evaluate(() => { /** @type {any} */ (globalThis).connected = false; });
      await visit.type('watering');
      await visit.sees('.message:has([name=offline])');
    },
  },
  {
    name: 'arrival', host: 'english', window: [860, 360], themes: ['light'],
    async act(visit) {
      await visit.go('');
      await visit.search('watering tomatoes');
      await visit.reader.press('ArrowDown', 'ArrowDown');
      await Promise.all([visit.reader.page.waitForNavigation(), visit.reader.press('Enter')]);
      await visit.reader.page.waitForFunction(() => (CSS.highlights.get('searchlet')?.size ?? 0) > 0);
    },
  },
  ...['orchard', 'compact', 'book'].map((theme) => /** @type {Picture} */ ({
    name: theme, host: 'demo', window: [640, 600], themes: ['light'],
    async act(visit) {
      await visit.go('gallery.html');
      visit.reader.element = `searchlet-box.${theme}`;
      // The page without what stands around the box, such as this very picture.
      await visit.reader.page.evaluate((name) => document.querySelectorAll(`main > :not(:has(.${name})), figure`).forEach((node) => node.remove()), theme);
      await visit.search('cyber security');
      await visit.reader.press('ArrowDown');
    },
  })),
];

/**
 * Takes all pictures anew.
 *
 * @param {import('puppeteer-core').Browser} browser
 * @param {Record<Picture['host'], Host>} hosts
 */
export async function hang(browser, hosts) {
  await rm(wall, { recursive: true, force: true });
  await mkdir(wall, { recursive: true });
  for (const { name, host, window: [width, height], themes, act } of PICTURES) {
    const visit = await Visit.to(browser, hosts[host], host === 'arabic' ? arabic : english, { width, height, deviceScaleFactor: 2 });
    await act(visit);
    for (const theme of themes) {
      await visit.dress(theme);
      const png = await visit.reader.page.screenshot();
      await writeFile(join(wall, themes.length > 1 ? `${name}-${theme}.png` : `${name}.png`), fewColours(Buffer.from(png)));
    }
    await visit.reader.leave();
  }
}
