// axe finds nothing wrong with any state of any element, nor with the pages of the demo.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { startChromium } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { CERT, demoSite, sweep } from './site.mjs';
import { garden, states, visit } from './states.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {string} */ let site;

before(async () => {
  [browser, site] = await Promise.all([startChromium(), garden()]);
});
after(async () => {
  await browser.close();
  await sweep();
});

/** WCAG 2.0 to 2.2, A and AA, with what axe holds to be good practice. No rule is left out. */
const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
  // axe leaves it out unless told.
  rules: { 'target-size': { enabled: true } },
  // Else it would fetch style sheets that it has.
  preload: false,
  resultTypes: ['violations', 'incomplete'],
};

/**
 * What axe has against a page as it stands, and what it cannot tell: a rule and the element.
 *
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<string[]>}
 */
async function findings(page) {
  // Over the protocol, since the page's policy lets no other script in.
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axe.source);
  return page.evaluate(async (options) => {
    const { violations, incomplete } = await /** @type {any} */ (globalThis).axe.run(document, options);
    return [...violations, ...incomplete].flatMap(({ id, nodes }) => (
      nodes.map((/** @type {any} */ { target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary}`)
    ));
  }, OPTIONS);
}

/** @param {import('puppeteer-core').Page} page */
async function assertFine(page) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }]);
    assert.deepEqual(await findings(page), [], scheme);
  }
}

for (const state of states) {
  test(`${state.element}: ${state.name}`, async () => {
    const { reader, leave } = await visit(browser, site, state);
    await assertFine(reader.page);
    await leave();
  });
}
