// The box is a combobox, to the keyboard as to a screen reader.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CHROMIUM_ALONE, startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { demoSite, page, siteOf, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let host;

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

test('the field says what it is', async () => {
  const reader = await Reader.at(browser, host.url);
  const { attributes } = await reader.field();
  assert.equal(attributes.role, 'combobox');
  assert.equal(attributes['aria-autocomplete'], 'list');
  assert.equal(attributes['aria-expanded'], 'false');
  assert.equal(attributes['aria-label'], 'Search the documents');
  await reader.search('singapore');
  const expanded = (await reader.field()).attributes;
  assert.equal(expanded['aria-expanded'], 'true');
  const list = await reader.page.$(`searchlet-box >>> #${expanded['aria-controls']}[role=listbox]`);
  assert.ok(list, 'aria-controls names the listbox in the same root');
  await reader.leave();
});

test('the accessibility tree holds a combobox with options', { skip: CHROMIUM_ALONE }, async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('kamala harris');
  await reader.press('ArrowDown');
  const tree = await reader.page.accessibility.snapshot({ interestingOnly: false });
  const all = /** @type {any[]} */ ([]);
  (function walk(node) {
    all.push(node);
    (node?.children ?? []).forEach(walk);
  })(/** @type {any} */ (tree));
  const combobox = all.find(({ role, name }) => role === 'combobox' && name === 'Search the documents');
  assert.ok(combobox?.focused && combobox.expanded, 'the focused field is an expanded combobox');
  const options = all.filter(({ role }) => role === 'option');
  assert.equal(options.length, (await reader.options()).length);
  assert.match(options[0].name, /cyber security/i);
  await reader.leave();
});

test('arrows move through the options, the text is one stop of the round', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('singapore');
  const count = (await reader.options()).length;
  assert.ok(count > 5);
  const active = async () => (await reader.field()).attributes['aria-activedescendant'];
  const selected = async () => (await reader.options()).filter((option) => option.selected).map(({ id }) => id);

  assert.equal(await active(), undefined, 'nothing is chosen for the reader');
  assert.deepEqual(await selected(), []);
  const ids = (await reader.options()).map(({ id }) => id);
  await reader.press('ArrowDown');
  assert.equal(await active(), ids[0]);
  assert.deepEqual(await selected(), [ids[0]]);
  await reader.press('ArrowDown');
  assert.equal(await active(), ids[1]);
  await reader.press('ArrowUp', 'ArrowUp');
  assert.equal(await active(), undefined, 'above the first option is the text');
  await reader.press('ArrowUp');
  assert.equal(await active(), ids.at(-1));
  await reader.press('ArrowDown');
  assert.equal(await active(), undefined);
  assert.ok((await reader.field()).focused, 'focus never leaves the field');
  await reader.leave();
});

test('Home, End, Left, Right return to the text', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('singapore');
  const caret = () => reader.page.evaluate(() => /** @type {any} */ (document.querySelector('searchlet-box')).shadowRoot.querySelector('input').selectionStart);
  for (const [key, place] of /** @type {const} */ ([['Home', 0], ['End', 9], ['ArrowLeft', 8], ['ArrowRight', 9]])) {
    await reader.press('ArrowDown', key);
    assert.equal((await reader.field()).attributes['aria-activedescendant'], undefined, key);
    assert.equal(await caret(), place, key);
  }
  await reader.leave();
});

test('typing after an arrow leaves no option active', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('singapor');
  await reader.press('ArrowDown');
  await reader.page.keyboard.type('e');
  await reader.answer('singapore');
  assert.equal((await reader.field()).attributes['aria-activedescendant'], undefined);
  await reader.leave();
});

test('Escape closes, then clears', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('singapore');
  await reader.press('Escape');
  assert.deepEqual(await reader.options(), []);
  assert.equal((await reader.field()).value, 'singapore');
  assert.equal((await reader.field()).attributes['aria-expanded'], 'false');
  await reader.press('ArrowDown');
  assert.notEqual((await reader.options()).length, 0, 'an arrow opens it again');
  await reader.press('Escape', 'Escape');
  assert.equal((await reader.field()).value, '');
  await reader.leave();
});

test('Enter follows the active option, without one does nothing', async () => {
  const reader = await Reader.at(browser, host.url);
  const [first] = await reader.search('kamala harris');
  await reader.press('Enter');
  assert.equal(reader.page.url(), host.url);
  await reader.press('ArrowDown');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  assert.equal(new URL(reader.page.url()).pathname, `${new URL(first?.href ?? '').pathname}/`);
  await reader.leave();
});

test('Ctrl+Enter opens another tab', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('kamala harris');
  await reader.press('ArrowDown');
  const context = reader.page.browserContext();
  const opened = context.waitForTarget((target) => target.url().includes('003_'));
  await reader.chord('Control', 'Enter');
  await opened;
  assert.equal(reader.page.url(), host.url);
  await reader.leave();
});

test('Enter without an option submits a form that stands inside', async () => {
  const site = await siteOf({ 'one.txt': 'Apples\n\nAll about apples.' });
  await page(site, 'form.html', '<searchlet-box><form action="./results.html"><input type="hidden" name="lang" value="en"><input name="q"></form></searchlet-box>');
  await page(site, 'results.html', '<p>Results');
  const own = await serve(site);
  const reader = await Reader.at(browser, `${own.url}form.html`);
  await reader.search('apples');
  await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
  assert.equal(reader.page.url(), `${own.url}results.html?lang=en&q=apples`);
  await reader.leave();
  await own.stop();
});

test('keys of an input method stay its own', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('kamala harris');
  await reader.press('ArrowDown');
  const before = (await reader.field()).attributes['aria-activedescendant'];
  const prevented = await reader.page.evaluate(() => {
    const input = /** @type {any} */ (document.querySelector('searchlet-box')).shadowRoot.querySelector('input');
    const keys = [['Enter', 13], ['ArrowDown', 40], ['Escape', 27]];
    return keys.flatMap(([key, keyCode]) => [{ isComposing: true, keyCode }, { isComposing: false, keyCode: 229 }].map((how) => {
      const event = new KeyboardEvent('keydown', { key: String(key), bubbles: true, cancelable: true, composed: true, ...how });
      input.dispatchEvent(event);
      return event.defaultPrevented;
    }));
  });
  assert.deepEqual(prevented, [false, false, false, false, false, false]);
  assert.equal((await reader.field()).attributes['aria-activedescendant'], before);
  assert.notEqual((await reader.options()).length, 0, 'the list is still open');
  assert.equal(reader.page.url(), host.url);
  await reader.leave();
});

test('text that is being composed is searched, as phones compose every word', { skip: CHROMIUM_ALONE }, async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.page.focus('searchlet-box >>> input');
  const devtools = await reader.page.createCDPSession();
  await devtools.send('Input.imeSetComposition', { text: 'kamala', selectionStart: 6, selectionEnd: 6 });
  const [first] = await reader.answer('kamala');
  assert.match(first?.href ?? '', /003_/);
  await reader.leave();
});

test('a screen reader hears the count, politely, after a pause', async () => {
  const reader = await Reader.at(browser, host.url);
  const pause = await reader.watch(() => new Promise((done) => {
    const root = /** @type {any} */ (document.querySelector('searchlet-box')).shadowRoot;
    let typed = 0;
    root.addEventListener('input', () => { typed = performance.now(); });
    const said = new MutationObserver(() => {
      said.disconnect();
      done(performance.now() - typed);
    });
    said.observe(root.querySelector('[role=status]'), { childList: true, characterData: true, subtree: true });
  }));
  const shown = (await reader.search('cyber')).length;
  assert.ok(Number(await pause()) > 900, 'nothing is said while the reader types');
  assert.equal(await reader.status(), `${shown} results.`);
  await reader.search('xyzzyplugh');
  await reader.page.waitForFunction(() => /Nothing found/.test(/** @type {any} */ (document.querySelector('searchlet-box')).shadowRoot.querySelector('[role=status]').textContent));
  await reader.leave();
});

test('a search that finds nothing says so', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('xyzzyplugh');
  assert.match(await reader.said(), /Nothing found for “xyzzyplugh”/);
  assert.equal((await reader.field()).attributes['aria-expanded'], 'false');
  await reader.leave();
});

test('the panel goes when the reader turns elsewhere, comes back with the focus', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('singapore');
  await reader.page.mouse.click(1080, 880);
  assert.deepEqual(await reader.options(), []);
  await reader.page.focus('searchlet-box >>> input');
  assert.notEqual((await reader.options()).length, 0);
  await reader.leave();
});

test('a click on a hit is an ordinary click on a link', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('APEC CBPR');
  await Promise.all([reader.page.waitForNavigation(), reader.page.click('searchlet-box >>> [part=hit] [part=title]')]);
  assert.match(reader.page.url(), /\/000_7c4ee614e3720f3f\.txt\//);
  await reader.leave();
});

test('the page may keep the reader from being led away', async () => {
  const reader = await Reader.at(browser, host.url);
  await reader.search('APEC CBPR');
  const detail = await reader.watch(() => new Promise((done) => {
    addEventListener('searchlet-select', (event) => {
      event.preventDefault();
      done(/** @type {CustomEvent} */ (event).detail.href);
    }, { once: true });
  }));
  await reader.press('ArrowDown', 'Enter');
  assert.match(/** @type {string} */ (await detail()), /000_/);
  assert.equal(reader.page.url(), host.url);
  await reader.leave();
});
