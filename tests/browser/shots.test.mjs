// Pictures of the demo for the eye to judge, in tests/browser/shots/.

import assert from 'node:assert/strict';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChromium } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { demoSite, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let host;
const shots = fileURLToPath(new URL('shots/', import.meta.url));

before(async () => {
  const [started, site] = await Promise.all([startChromium(), demoSite(), mkdir(shots, { recursive: true })]);
  browser = started;
  host = await serve(site);
});
after(async () => {
  await browser.close();
  await host.stop();
  await sweep();
});

for (const [size, viewport] of Object.entries({ wide: { width: 1100, height: 820 }, phone: { width: 390, height: 780 } })) {
  for (const scheme of ['light', 'dark']) {
    test(`${size}, ${scheme}`, async () => {
      const reader = await Reader.at(browser, host.url, {
        async before(page) {
          await page.setViewport({ ...viewport, deviceScaleFactor: 2 });
          await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }]);
        },
      });
      /** @param {string} name */
      const shoot = async (name) => {
        const path = /** @type {`${string}.png`} */ (join(shots, `${name}-${size}-${scheme}.png`));
        await reader.page.screenshot({ path });
        assert.ok((await stat(path)).size > 10_000, `${name} shows something`);
      };
      await shoot('home');
      await reader.search('asean regional cert');
      await reader.press('ArrowDown');
      await shoot('box');
      // Nothing may stick out of the window.
      assert.equal(await reader.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      await reader.press('Escape');
      reader.element = 'searchlet-dialog';
      await reader.chord('Control', 'k');
      await reader.search('cyber security');
      await reader.press('ArrowDown', 'ArrowDown');
      await shoot('dialog');
      await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
      await shoot('arrival');
      await reader.leave();
    });
  }
}
