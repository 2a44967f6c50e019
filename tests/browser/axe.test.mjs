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

// What axe cannot tell by itself, and people can: the contrast of hits that are scrolled beneath the panel's footer, or of that footer over
// hits, of which the like stand elsewhere; that of ⌘, which it takes for no text; and whether a panel without buttons can be scrolled, where
// the arrow keys go through its hits, and scroll them into view (keyboard.test.mjs).
const ARGUED = ['color-contrast: bgOverlap', 'color-contrast: elmPartiallyObscuring', 'color-contrast: nonBmp', 'scrollable-region-focusable: '];

/**
 * What axe has against a page as it stands, and what it cannot tell.
 *
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<string[]>}
 */
async function findings(page) {
  // Over the protocol, since the page's policy lets no other script in.
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axe.source);
  return page.evaluate(async (options, argued) => {
    const { violations, incomplete } = await /** @type {any} */ (globalThis).axe.run(document, options);
    const told = (/** @type {any[]} */ results, /** @type {string[]} */ known) => results.flatMap(({ id, nodes }) => nodes
      .filter((/** @type {any} */ { any }) => !any.some((/** @type {any} */ { data }) => known.includes(`${id}: ${data?.messageKey ?? ''}`)))
      .map((/** @type {any} */ { target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary}`));
    return [...told(violations, []), ...told(incomplete, argued)];
  }, OPTIONS, ARGUED);
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

for (const [element, query] of /** @type {const} */ ([['searchlet-box', ''], ['searchlet-dialog', ''], ['searchlet-results', '?q=garden']])) {
  test(`${element}, from right to left`, async () => {
    const { reader, leave } = await visit(browser, site, {
      name: 'hits',
      element,
      address: `${element.slice(10)}-rtl.html${query}`,
      async reach(opened) {
        if (query) return opened.answer('garden');
        if (element === 'searchlet-dialog') await opened.page.click('searchlet-dialog >>> [part=button]');
        await opened.search('garden wat');
      },
    });
    // In the words of the page, which come later than the hits.
    await reader.hears(/نتيجة/);
    await assertFine(reader.page);
    await leave();
  });
}

for (const path of ['', `${CERT}/`, 'search.html?q=cyber']) {
  test(`the demo: /${path}`, async () => {
    const host = await serve(await demoSite());
    const reader = await Reader.at(browser, `${host.url}${path}`, { element: path.includes('?q=') ? 'searchlet-results' : 'searchlet-dialog' });
    if (path.includes('?q=')) await reader.answer('cyber');
    await assertFine(reader.page);
    await reader.leave();
    await host.stop();
  });
}

test('axe looks into the elements', async () => {
  const { reader, leave } = await visit(browser, site, { name: 'spoilt', element: 'searchlet-box', address: 'box.html', reach: (opened) => opened.search('garden wat') });
  await reader.page.evaluate(() => {
    const root = /** @type {any} */ (document.querySelector('searchlet-box')).shadowRoot;
    root.querySelector('input').removeAttribute('aria-label');
    root.querySelector('input').removeAttribute('placeholder');
    root.querySelector('.completion').textContent = '';
    root.querySelector('.title').style.setProperty('color', 'yellow');
  });
  const found = (await findings(reader.page)).map((finding) => finding.split(':')[0]);
  assert.deepEqual([...new Set(found)].sort().filter((id) => ['aria-input-field-name', 'button-name', 'color-contrast', 'label'].includes(id ?? '')), ['button-name', 'color-contrast', 'label']);
  await leave();
});
