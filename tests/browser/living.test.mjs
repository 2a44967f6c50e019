// Where elements must live: among hostile styles, in another shadow, twice, below a path, beside a bundle of another origin.

import assert from 'node:assert/strict';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { folder, page, siteOf, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {string} */ let site;

before(async () => {
  [browser, site] = await Promise.all([startBrowser(), siteOf({
    'one.txt': 'Apples\n\nAll about apples and how they are grown.',
    'two.txt': 'Pears\n\nPears are grown like apples.',
  })]);
});
after(async () => {
  await browser.close();
  await sweep();
});

const ELEMENTS = '<searchlet-box></searchlet-box><searchlet-dialog></searchlet-dialog><searchlet-results></searchlet-results>';

/**
 * How each part of the elements is drawn.
 *
 * @param {Reader} reader
 * @returns {Promise<Record<string, string>>}
 */
function drawn(reader) {
  return reader.page.evaluate(() => {
    const TOLD = [
      'color', 'background-color', 'font', 'letter-spacing', 'word-spacing', 'text-transform', 'text-indent', 'text-align', 'text-shadow', 'white-space',
      'line-height', 'display', 'position', 'padding', 'margin', 'border', 'border-radius', 'visibility', 'opacity', 'box-sizing', 'cursor',
    ];
    const all = /** @type {Record<string, string>} */ ({});
    for (const host of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('searchlet-box, searchlet-dialog, searchlet-results'))) {
      for (const node of /** @type {ShadowRoot} */ (host.shadowRoot).querySelectorAll('[part]')) {
        const style = getComputedStyle(node);
        all[`${host.localName} ${node.id || node.getAttribute('part')}`] = TOLD.map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; ');
      }
    }
    return all;
  });
}

/**
 * @param {string} name of the page
 * @param {string} head
 */
async function shown(name, head) {
  const host = await serve(site);
  await page(site, name, ELEMENTS, head);
  const reader = await Reader.at(browser, `${host.url}${name}?q=pears`, { element: 'searchlet-results' });
  await reader.answer('pears');
  reader.element = 'searchlet-box';
  await reader.search('apples');
  const looks = await drawn(reader);
  await reader.leave();
  await host.stop();
  return looks;
}

test('a page that styles all that it has does not reach inside', async () => {
  await writeFile(join(site, 'hostile.css'), `
    html { font-size: 62.5%; }
    body, body * {
      color: #fefefe !important; background: #fff !important; font: italic 8px/9 fantasy !important; letter-spacing: 1em !important; word-spacing: 2em !important;
      text-transform: uppercase !important; text-indent: 3em !important; text-align: center !important; text-shadow: 0 0 9px red !important; white-space: nowrap !important;
      cursor: crosshair !important; padding: 9px !important; border: 9px solid !important; border-radius: 0 !important;
    }
    input, button, a, mark, dialog, div, span, p, ul, ol, li, h2, h3, fieldset, svg, [part], .field, .panel, .hit, .title { display: none !important; }
  `);
  const calm = await shown('calm.html', '');
  const hostile = await shown('hostile.html', '<link rel="stylesheet" href="hostile.css">');
  assert.ok(Object.keys(calm).length > 20, 'all parts were looked at');
  for (const [part, look] of Object.entries(calm)) assert.equal(hostile[part], look, part);
});

test('inside another shadow the search is the same', async () => {
  await page(site, 'within.html', '<div id="outer"></div>');
  const host = await serve(site);
  const reader = await Reader.at(browser, `${host.url}within.html`);
  await reader.page.evaluate(() => {
    const inner = /** @type {Element} */ (document.querySelector('#outer')).attachShadow({ mode: 'open' }).appendChild(document.createElement('div'));
    inner.attachShadow({ mode: 'open' }).append(document.createElement('searchlet-box'), document.createElement('searchlet-dialog'));
  });
  const box = '#outer >>> div >>> searchlet-box >>> ';
  const titles = (/** @type {string} */ name) => reader.page.evaluate((element) => {
    const within = /** @type {any} */ (document.querySelector('#outer')).shadowRoot.firstChild.shadowRoot.querySelector(element).shadowRoot;
    return [...within.querySelectorAll('[part=panel]:not([hidden]) [part=title]')].map((title) => title.textContent);
  }, name);
  const answered = (/** @type {string} */ query) => reader.page.waitForFunction((asked) => /** @type {any} */ (globalThis).answered === asked, {}, query);

  await reader.page.click(`${box}input`);
  await reader.page.keyboard.type('pears');
  await answered('pears');
  assert.deepEqual(await titles('searchlet-box'), ['Pears']);
  await reader.press('Escape');
  assert.deepEqual(await titles('searchlet-box'), []);
  // Of a field in a shadow the page sees the outermost host alone; a shortcut must still know that someone types.
  await reader.page.keyboard.type('/');
  assert.equal(await reader.page.$eval(`${box}input`, (input) => /** @type {HTMLInputElement} */ (input).value), 'pears/');
  await reader.chord('Control', 'k');
  await reader.page.keyboard.type('grown');
  await answered('grown');
  assert.equal((await titles('searchlet-dialog')).length, 2);
  await reader.press('ArrowDown', 'ArrowDown');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  assert.match(reader.page.url(), /\/(one|two)\.txt$/);
  await reader.leave();
  await host.stop();
});

test('two boxes, two dialogs on a page keep apart', async () => {
  await page(site, 'twice.html', '<searchlet-box id="a"></searchlet-box><searchlet-box id="b"></searchlet-box><searchlet-dialog id="c"></searchlet-dialog><searchlet-dialog id="d" shortcut="mod+j"></searchlet-dialog>');
  const host = await serve(site);
  const reader = await Reader.at(browser, `${host.url}twice.html`, { element: '#a' });
  assert.equal((await reader.search('apples')).length, 2);
  reader.element = '#b';
  assert.equal((await reader.search('pears')).length, 1);
  reader.element = '#a';
  assert.equal(await reader.said(), '', 'the first has closed');
  assert.equal((await reader.field()).value, 'apples');
  const open = () => reader.page.evaluate(() => [...document.querySelectorAll('searchlet-dialog[open]')].map(({ id }) => id));
  await reader.chord('Control', 'j');
  assert.deepEqual(await open(), ['d']);
  await reader.press('Escape');
  await reader.page.waitForFunction(() => !document.querySelector('searchlet-dialog[open]'));
  await reader.chord('Control', 'k');
  assert.deepEqual(await open(), ['c']);
  await reader.leave();
  await host.stop();
});

test('a site below a path, with a base of another folder, finds its own pages', async () => {
  const own = await folder();
  const deep = join(own, 'team', 'docs');
  const made = await siteOf({ 'guide/one.txt': 'Apples\n\nAll about apples.' });
  await cp(made, deep, { recursive: true });
  await writeFile(join(deep, 'based.html'), `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><base href="/elsewhere/">
<script type="module" src="/team/docs/searchlet/searchlet.js"></script><searchlet-box></searchlet-box>`);
  const host = await serve(own);
  for (const name of ['index.html', 'based.html']) {
    const reader = await Reader.at(browser, `${host.url}team/docs/${name}`);
    const [hit] = await reader.search('apples');
    assert.equal(hit?.href, `${host.url}team/docs/guide/one.txt`, name);
    await reader.leave();
  }
  await host.stop();
});

for (const [what, policy, workers] of /** @type {const} */ ([
  ['no worker', "script-src 'wasm-unsafe-eval' {cdn}; connect-src {cdn}", 0],
  ['a worker where the policy lets one of a blob', "script-src 'wasm-unsafe-eval' {cdn}; connect-src {cdn}; worker-src blob:", 1],
])) {
  test(`a bundle on another origin is searched, with ${what}`, async () => {
    const cdn = await serve(site, { 'access-control-allow-origin': '*' });
    const own = await folder();
    await writeFile(join(own, 'index.html'), `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
<script type="module" src="${cdn.url}searchlet/searchlet.js"></script><searchlet-box site="${cdn.url}"></searchlet-box>`);
    const host = await serve(own, { 'content-security-policy': `default-src 'none'; img-src *; ${policy.replaceAll('{cdn}', new URL(cdn.url).origin)}` });
    const reader = await Reader.at(browser, host.url);
    const [hit] = await reader.search('pears');
    assert.equal(hit?.href, `${cdn.url}two.txt`);
    assert.equal(reader.page.workers().length, workers);
    // The page's policy is told of a worker that it refuses, as its author would want.
    reader.problems = reader.problems.filter((problem) => !/worker-src|Worker/.test(problem));
    await reader.leave();
    await host.stop();
    await cdn.stop();
  });
}

test('a worker that another origin does not give is done without', async () => {
  const cdn = await serve(site, { 'access-control-allow-origin': '*' });
  const own = await folder();
  await writeFile(join(own, 'index.html'), `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
<script type="module" src="${cdn.url}searchlet/searchlet.js"></script><searchlet-box></searchlet-box>`);
  const host = await serve(own);
  cdn.fail([/worker\.\w+\.js$/, { status: 404, times: 1 }]);
  const reader = await Reader.at(browser, host.url);
  assert.equal((await reader.search('pears')).length, 1);
  assert.equal(reader.page.workers().length, 0);
  reader.problems = [];
  await reader.leave();
  await host.stop();
  await cdn.stop();
});

test('of a form the field that takes words is taken', async () => {
  await page(site, 'form.html', '<searchlet-box><form action="found.html"><input type="checkbox" name="exact"><input name="words" placeholder="What?"></form></searchlet-box>');
  const host = await serve(site);
  const reader = await Reader.at(browser, `${host.url}form.html`);
  assert.equal((await reader.field()).attributes.name, 'words');
  await reader.search('pears');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  assert.equal(reader.page.url(), `${host.url}found.html?words=pears`);
  await reader.leave();
  await host.stop();
});
