// The dialog opens by its shortcut, closes by Escape, gives the focus back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { CERT, demoSite, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let host;
const element = 'searchlet-dialog';

before(async () => {
  const [started, site] = await Promise.all([startBrowser(), demoSite()]);
  browser = started;
  host = await serve(site);
});
after(async () => {
  await browser.close();
  await host.stop();
  await sweep();
});

/** @param {Reader} reader */
function isOpen(reader) {
  return reader.page.evaluate(() => {
    const dialog = /** @type {any} */ (document.querySelector('searchlet-dialog'));
    return dialog.shadowRoot.querySelector('dialog').open && dialog.hasAttribute('open');
  });
}

test('Ctrl+K opens it, Escape closes it, the focus returns', async () => {
  const reader = await Reader.at(browser, `${host.url}${CERT}/`, { element });
  await reader.page.focus('header a');
  await reader.chord('Control', 'k');
  assert.equal(await isOpen(reader), true);
  assert.ok((await reader.field()).focused);
  await reader.page.keyboard.type('AMCC 2018');
  const [first] = await reader.answer('AMCC 2018');
  assert.match(first?.href ?? '', /004_/);
  await reader.press('Escape');
  assert.equal(await isOpen(reader), false);
  assert.equal(await reader.page.evaluate(() => document.activeElement?.className), 'home');
  await reader.leave();
});

test('Ctrl+K again closes it, and the words are still there the next time', async () => {
  const reader = await Reader.at(browser, host.url, { element });
  await reader.chord('Control', 'k');
  await reader.page.keyboard.type('singapore');
  await reader.answer('singapore');
  await reader.chord('Control', 'k');
  assert.equal(await isOpen(reader), false);
  await reader.chord('Control', 'k');
  assert.notEqual((await reader.options()).length, 0);
  await reader.page.keyboard.type('france');
  await reader.answer('france');
  await reader.leave();
});

test('the button opens it, the backdrop closes it', async () => {
  const reader = await Reader.at(browser, host.url, { element });
  await reader.page.click('searchlet-dialog >>> [part=button]');
  assert.equal(await isOpen(reader), true);
  await reader.page.mouse.click(20, 20);
  assert.equal(await isOpen(reader), false);
  await reader.leave();
});

test('a hit on this very page closes it', async () => {
  const reader = await Reader.at(browser, `${host.url}${CERT}/`, { element });
  await reader.chord('Control', 'k');
  await reader.page.keyboard.type('asean regional cert');
  await reader.answer('asean regional cert');
  await reader.press('ArrowDown');
  const options = await reader.options();
  const passage = options.findIndex(({ part, href }) => part === 'passage' && href.includes(`${CERT}#`));
  assert.ok(passage > 0, 'a passage is among the options');
  for (let step = 0; step < passage; step += 1) await reader.press('ArrowDown');
  await reader.press('Enter');
  await reader.page.waitForFunction(() => (CSS.highlights.get('searchlet')?.size ?? 0) > 0);
  assert.equal(await isOpen(reader), false);
  assert.equal(new URL(reader.page.url()).hash, new URL(options[passage]?.href ?? '').hash);
  await reader.leave();
});

test('an editor keeps its Ctrl+K', async () => {
  const reader = await Reader.at(browser, host.url, { element });
  await reader.page.evaluate(() => {
    const editor = document.createElement('div');
    editor.contentEditable = 'true';
    document.body.append(editor);
    editor.focus();
  });
  await reader.chord('Control', 'k');
  assert.equal(await isOpen(reader), false);
  await reader.leave();
});
