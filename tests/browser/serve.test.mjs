// The server for working on a site: pages reload, queries can be tried.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { folder, searchlet, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {(() => void)[]} */ const ends = [];

before(async () => { browser = await startBrowser(); });
after(async () => {
  await browser.close();
  for (const end of ends) end();
  await sweep();
});

/**
 * Runs the server; gives its address.
 *
 * @param {string[]} options
 * @returns {Promise<string>}
 */
async function serve(...options) {
  assert.ok(env.SEARCHLET, 'SEARCHLET must say where the searchlet program is');
  const server = spawn(env.SEARCHLET, ['serve', ...options, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  ends.push(() => server.kill());
  for await (const line of createInterface({ input: server.stdout })) return line;
  throw new Error('the server told no address');
}

/** @param {string} text */
const page = (text) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:">
<title>A page</title><link rel="icon" href="data:,"><body><main><p id="text">${text}</p></main></body></html>`;

test('an open page reloads when its site was built anew', async () => {
  const site = await folder();
  await writeFile(join(site, 'index.html'), page('Granite'));
  const url = await serve(site, '--watch');
  const reader = await Reader.at(browser, url);
  /** @param {string} text */
  const shows = (text) => reader.page.waitForFunction((text) => document.querySelector('#text')?.textContent === text, { timeout: 30_000 }, text);
  await shows('Granite');
  for (const text of ['Marble', 'Slate']) {
    await writeFile(join(site, 'index.html'), page(text));
    await shows(text);
  }
  assert.equal(await readFile(join(site, 'index.html'), 'utf8'), page('Slate'));
  await reader.leave();
});

test('queries are tried, and their answers explained', async () => {
  const site = await folder();
  await writeFile(join(site, 'tea.md'), '---\nkind: drink\n---\n# Brewing <b>tea</b>\n\nPour boiling water over the leaves.\n\n## Green tea\n\nLet it cool.\n');
  await writeFile(join(site, 'rocks.md'), '---\nkind: rock\n---\n# Rocks\n\nGranite is hard, tea is not.\n');
  await writeFile(join(site, 'steine.html'), '<html lang="de"><title>Steine</title><main><p>Granit ist hart.</main>');
  await searchlet('index', site, '-q');
  const url = await serve(site);
  const reader = await Reader.at(browser, `${url}.searchlet/?q=tea`, {
    before: (page) => page.setViewport({ width: 360, height: 740 }),
  });
  /** @param {string} selector @param {string} text */
  const shows = (selector, text) => reader.page.waitForFunction(
    (selector, text) => [...document.querySelectorAll(selector)].some((node) => node.textContent?.includes(text)),
    { timeout: 30_000 }, selector, text,
  );
  await shows('.hit h3', 'Brewing');
  await shows('#status', '2 documents');
  await shows('#understood code', 'tea…');
  await shows('#files code', '.part');
  assert.equal(await reader.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  // All that a mouse can do, keys can.
  assert.equal(await reader.page.evaluate(() => document.activeElement?.id), 'query');
  await reader.page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.hit summary')).focus());
  await reader.press('Enter');
  assert.equal(await reader.page.evaluate(() => /** @type {HTMLDetailsElement} */ (document.querySelector('.hit details')).open), true);
  await shows('.tree', 'words in the whole document');
  await reader.page.focus('#keys input[value=kind]');
  await reader.press(' ');
  await shows('#facets td', 'drink');
  await reader.page.select('#language', 'de');
  await shows('#status', '0 documents');
  await reader.page.select('#language', '');
  await reader.page.focus('#query');
  await reader.chord('Control', 'a');
  await reader.page.keyboard.type('granit');
  await shows('.hit h3', 'Steine');
  await reader.chord('Control', 'a');
  await reader.page.keyboard.type('grannite');
  await shows('#status button', 'granite');
  await reader.page.focus('#status button');
  await reader.press('Enter');
  await shows('#understood td', 'granite');
  assert.equal(await reader.page.evaluate(() => location.search), '?q=granite');
  assert.equal(await reader.page.$eval('.hit a', (link) => link.href), `${url}rocks.md`);
  await reader.leave();
});
