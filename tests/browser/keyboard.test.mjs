// Whoever has a keyboard alone, or hears the page instead of seeing it, can do all that others can.
//
// For box and dialog these are the acceptance criteria for an autocomplete of the GOV.UK Design System, by their numbers:
// https://github.com/alphagov/accessible-autocomplete/blob/main/accessibility-criteria.md
// combobox.test.mjs shows for the box, and need not be shown again:
//   - 11, 12, 15: “arrows move through the options, the text is one stop of the round”, “Home, End, Left, Right return to the text”
//   - 15: “typing after an arrow leaves no option active”
//   - 16: “Enter follows the active option, without one does nothing”, “Enter without an option submits a form that stands inside”
//   - Escape, input methods: “Escape closes, then clears”, “keys of an input method stay its own”
// For a page of results see results-keyboard.test.mjs. dialog.test.mjs: “Ctrl+K opens it, Escape closes it, the focus returns”, “an editor keeps its Ctrl+K”.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { english } from '../../www/src/view/strings.js';
import { CHROMIUM_ALONE, startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { sweep } from './site.mjs';
import { afterPause, assertNamed, listens, spoken, withoutPauses } from './spoken.mjs';
import { STRICT, garden } from './states.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let host;

before(async () => {
  const [started, site] = await Promise.all([startBrowser(), garden()]);
  browser = started;
  host = await serve(site, STRICT);
});
after(async () => {
  await browser.close();
  await host.stop();
  await sweep();
});

/**
 * Comes to the field by the keyboard.
 *
 * @param {'box' | 'dialog'} kind
 * @param {(page: import('puppeteer-core').Page) => unknown} [before]
 */
async function inField(kind, before) {
  const reader = await Reader.at(browser, `${host.url}${kind}.html`, { element: `searchlet-${kind}`, ...(before && { before }) });
  await reader.page.waitForSelector(`searchlet-${kind} >>> input`);
  await reader.press('Tab');
  if (kind === 'dialog') await reader.press('Enter');
  await reader.page.waitForFunction((element) => /** @type {any} */ (document.querySelector(element)).shadowRoot.activeElement?.localName === 'input', {}, reader.element);
  return reader;
}

/** @param {Reader} reader @param {string} query */
async function typed(reader, query) {
  await reader.page.keyboard.type(query);
  return reader.answer(query);
}

/** @param {Reader} reader */
async function fieldSpoken(reader) {
  const field = (await spoken(reader)).find(({ role }) => role === 'combobox');
  assert.ok(field, 'there is a combobox');
  return field;
}

/** Where the focus is: the class of a node of the element's, or the name of one of the page's. @param {Reader} reader */
function focus(reader) {
  return reader.page.evaluate((element) => {
    const host = /** @type {any} */ (document.querySelector(element));
    return document.activeElement === host ? host.shadowRoot.activeElement?.className || host.shadowRoot.activeElement?.localName : document.activeElement?.localName;
  }, reader.element);
}

for (const kind of /** @type {const} */ (['box', 'dialog'])) {
  test(`${kind}, 1: the field is reached by the keyboard`, async () => {
    const reader = await inField(kind);
    assert.ok((await reader.field()).focused);
    await reader.leave();
  });

  test(`${kind}, 2: the field shows that it has the focus`, async () => {
    const reader = await inField(kind);
    const looks = () => reader.page.evaluate((element) => {
      const { borderBottomColor, borderBottomWidth, borderBottomStyle } = getComputedStyle(/** @type {any} */ (document.querySelector(element)).shadowRoot.querySelector('.field'));
      return { borderBottomColor, borderBottomWidth, borderBottomStyle };
    }, reader.element);
    const focused = await looks();
    assert.equal(focused.borderBottomStyle, 'solid');
    assert.notEqual(focused.borderBottomWidth, '0px');
    await reader.page.evaluate((element) => /** @type {any} */ (document.querySelector(element)).shadowRoot.activeElement.blur(), reader.element);
    assert.notEqual((await looks()).borderBottomColor, focused.borderBottomColor);
    await reader.leave();
  });

  test(`${kind}, 3, 5, 6: it is told to be a field, that offers what to choose`, { skip: CHROMIUM_ALONE }, async () => {
    const reader = await inField(kind);
    const field = await fieldSpoken(reader);
    // From the role, and from these, screen readers tell how such a field is used, in the words that their users know.
    assert.equal(field.name, 'Search');
    assert.equal(field.editable, 'plaintext');
    assert.equal(field.autocomplete, 'list');
    assert.equal(field.hasPopup, 'listbox');
    assert.equal(field.focused, true);
    await typed(reader, 'garden wat');
    const keys = await reader.page.$eval(`${reader.element} >>> .keys`, ({ textContent }) => textContent);
    assert.match(keys ?? '', /to move.*to open.*to close/, 'the keys, to those who see');
    await reader.leave();
  });

  test(`${kind}, 4: what stands in the field is told`, { skip: CHROMIUM_ALONE }, async () => {
    const reader = await inField(kind);
    await typed(reader, 'garden wat');
    assert.equal((await fieldSpoken(reader)).value, 'garden wat');
    await reader.leave();
  });

  test(`${kind}, 7: it is told that there are hits to choose from, or none`, { skip: CHROMIUM_ALONE }, async () => {
    const reader = await inField(kind);
    assert.equal((await fieldSpoken(reader)).expanded, false);
    assert.equal((await reader.field()).attributes['aria-controls'], undefined, 'of a list that is not there nothing is said');
    await typed(reader, 'garden wat');
    const field = await fieldSpoken(reader);
    assert.equal(field.expanded, true);
    assert.equal(field.controls?.length, 1, 'nor of one that is not in the tree');
    await reader.search('xyzzyplugh');
    assert.equal((await fieldSpoken(reader)).expanded, false);
    await reader.leave();
  });

  test(`${kind}, 8 to 10: how many hits there are is said when the reader pauses, once, and when it changes`, async () => {
    const reader = await inField(kind, withoutPauses);
    await listens(reader);
    await typed(reader, 'garden wat');
    assert.equal(await reader.status(), '', 'nothing while the reader types');
    assert.deepEqual(await afterPause(reader), ['40 results.'], 'once');
    await reader.press('ArrowDown', 'ArrowUp', 'Home');
    assert.deepEqual(await afterPause(reader), [], 'where nothing has changed, nothing is said');
    await reader.search('number 7 garden');
    assert.match((await afterPause(reader)).join(), /^\d+ results?\.$/);
    await reader.search('xyzzyplugh');
    assert.deepEqual(await afterPause(reader), [`Nothing found for “xyzzyplugh”. ${english.hint}`]);
    await reader.search('gardne');
    assert.match((await afterPause(reader)).join(), /^Did you mean garden\? .*\d+ results\.$/);
    await reader.leave();
  });

  test(`${kind}, 10: each letter puts off what is to be said`, async () => {
    const reader = await inField(kind, withoutPauses);
    await typed(reader, 'garde');
    await reader.page.waitForFunction(() => /** @type {any} */ (globalThis).waiting.size === 1);
    const puts = await reader.watch(() => new Promise((done) => {
      const { waiting } = /** @type {any} */ (globalThis);
      const [before] = waiting.keys();
      addEventListener('searchlet-search', () => done([...waiting.keys()].includes(before)), { once: true });
    }));
    await reader.page.keyboard.type('n');
    assert.equal(await puts(), false, 'before there is an answer');
    await reader.leave();
  });

  test(`${kind}, 11, 12, 15: one key at a time goes through the hits, and none is chosen for the reader`, async () => {
    const reader = await inField(kind);
    await typed(reader, 'garden wat');
    assert.equal((await reader.options()).some(({ selected }) => selected), false);
    for (const { id } of await reader.options()) {
      await reader.press('ArrowDown');
      assert.equal((await reader.field()).attributes['aria-activedescendant'], id);
      const inSight = await reader.page.evaluate((element, active) => {
        const root = /** @type {any} */ (document.querySelector(element)).shadowRoot;
        const { left, top } = root.getElementById(active).querySelector('.title').getBoundingClientRect();
        return root.getElementById(active).contains(root.elementFromPoint(left + 4, top + 8));
      }, reader.element, id);
      assert.ok(inSight, `${id} is scrolled to where it can be seen`);
    }
    assert.ok((await reader.field()).focused);
    await reader.leave();
  });

  test(`${kind}, 13: the chosen hit is told, with what it is about`, { skip: CHROMIUM_ALONE }, async () => {
    const reader = await inField(kind);
    await typed(reader, 'garden zeppelin');
    await reader.press('ArrowDown');
    const nodes = await spoken(reader);
    const chosen = nodes.filter(({ role, selected }) => role === 'option' && selected);
    assert.equal(chosen.length, 1);
    assert.match(chosen[0]?.name, /^\w+( \w+)? number \d+ of the garden\s+Without zeppelin$/, 'the title, and what it lacks');
    assert.match(chosen[0]?.description, /plant of the garden/);
    const field = nodes.find(({ role }) => role === 'combobox');
    assert.deepEqual(field?.activedescendant?.map((/** @type {any} */ { backendDOMNodeId }) => backendDOMNodeId), [chosen[0]?.node]);
    await reader.leave();
  });

  test(`${kind}, 16 to 18: an old search is chosen, and the focus stays in the field`, async () => {
    const reader = await inField(kind, (page) => page.evaluateOnNewDocument(() => localStorage.setItem('searchlet:recent', '["garden wat"]')));
    await reader.hears(/Clear recent/);
    await reader.press('ArrowDown', 'Enter');
    await reader.answer('garden wat');
    assert.deepEqual([(await reader.field()).value, await focus(reader)], ['garden wat', 'input']);
    await reader.press('ArrowDown');
    await Promise.all([reader.page.waitForRequest((request) => request.isNavigationRequest() && /plant\d+\.html/.test(request.url())), reader.press('Enter')]);
    await reader.leave();
  });

  test(`${kind}: Enter while nothing is chosen, and keys held with others, choose nothing`, async () => {
    const reader = await inField(kind);
    await typed(reader, 'garden wat');
    await reader.press('Enter');
    for (const modifier of /** @type {const} */ (['Shift', 'Control', 'Alt', 'Meta'])) await reader.chord(modifier, 'ArrowDown');
    assert.equal((await reader.field()).attributes['aria-activedescendant'], undefined);
    assert.equal(reader.page.url(), `${host.url}${kind}.html`);
    assert.notEqual((await reader.options()).length, 0);
    await reader.leave();
  });

  test(`${kind}: an input method keeps the arrow keys while it composes`, { skip: CHROMIUM_ALONE }, async () => {
    const reader = await inField(kind);
    const devtools = await reader.page.createCDPSession();
    await devtools.send('Input.imeSetComposition', { text: 'garden', selectionStart: 6, selectionEnd: 6 });
    await reader.answer('garden');
    const composing = await reader.watch(() => new Promise((done) => { addEventListener('keydown', ({ isComposing }) => done(isComposing), { once: true }); }));
    await reader.press('ArrowDown');
    assert.equal(await composing(), true);
    assert.equal((await reader.field()).attributes['aria-activedescendant'], undefined);
    await reader.leave();
  });

  test(`${kind}: Tab goes to the panel's buttons, Shift+Tab back; hits are no stops`, async () => {
    const reader = await inField(kind);
    await typed(reader, 'garden wat');
    await reader.page.waitForSelector(`${reader.element} >>> .completion`);
    const stops = kind === 'box' ? ['completion'] : ['close', 'completion'];
    for (const stop of stops) {
      await reader.press('Tab');
      assert.equal(await focus(reader), stop);
      assert.notEqual((await reader.options()).length, 0, 'the panel stays');
    }
    for (const stop of [...stops.slice(0, -1).reverse(), 'input']) {
      await reader.chord('Shift', 'Tab');
      assert.equal(await focus(reader), stop);
    }
    assert.notEqual((await reader.options()).length, 0);
    await reader.leave();
  });

  test(`${kind}: a button of the panel leads back to the field`, async () => {
    const reader = await inField(kind);
    await typed(reader, 'garden wat');
    await reader.page.focus(`${reader.element} >>> .completion`);
    await reader.press('Enter');
    await reader.answer('garden water');
    assert.equal(await focus(reader), 'input');
    await reader.leave();
  });

  test(`${kind}: an answer that takes the focused button away gives the focus to the field`, async () => {
    const reader = await inField(kind);
    await typed(reader, 'garden wat');
    await reader.page.focus(`${reader.element} >>> .completion`);
    await reader.page.evaluate((element) => { /** @type {any} */ (document.querySelector(element)).value = 'xyzzyplugh'; }, reader.element);
    await reader.answer('xyzzyplugh');
    assert.equal(await focus(reader), 'input');
    await reader.leave();
  });

  test(`${kind}: every control has a name`, { skip: CHROMIUM_ALONE }, async () => {
    const reader = await inField(kind);
    await typed(reader, 'garden wat');
    await reader.page.waitForSelector(`${reader.element} >>> .completion`);
    await assertNamed(reader, kind === 'box' ? ['combobox', 'listbox', 'option', 'group', 'button'] : ['dialog', 'combobox', 'listbox', 'option', 'group', 'button']);
    await reader.leave();
  });

  test(`${kind}: a finger chooses a hit`, async () => {
    const reader = await Reader.at(browser, `${host.url}${kind}.html`, { element: `searchlet-${kind}`, before: (page) => page.setViewport({ width: 400, height: 800, hasTouch: true, isMobile: true }) });
    await reader.page.waitForSelector(`${reader.element} >>> input`);
    await (await reader.page.$(`${reader.element} >>> ${kind === 'box' ? 'input' : '.button'}`))?.tap();
    await typed(reader, 'garden wat');
    const option = await reader.page.$(`${reader.element} >>> .hit .title`);
    await Promise.all([reader.page.waitForRequest((request) => request.isNavigationRequest() && /plant\d+\.html/.test(request.url())), option?.tap()]);
    await reader.leave();
  });
}

test('box: Tab leaves a panel without buttons at once, and closes it; Shift+Tab comes back', async () => {
  const reader = await inField('box');
  await reader.page.evaluate(() => document.querySelector('main')?.append(Object.assign(document.createElement('button'), { textContent: 'After' })));
  await typed(reader, 'garden zeppelin');
  await reader.press('Tab');
  assert.equal(await focus(reader), 'button');
  assert.deepEqual(await reader.options(), []);
  assert.equal((await reader.field()).attributes['aria-expanded'], 'false');
  await reader.chord('Shift', 'Tab');
  assert.equal(await focus(reader), 'input');
  assert.notEqual((await reader.options()).length, 0);
  await reader.leave();
});

test('box: Escape on a button of the panel closes it, and leads back to the field', async () => {
  const reader = await inField('box');
  await typed(reader, 'garden wat');
  await reader.page.focus('searchlet-box >>> .completion');
  await reader.press('Escape');
  assert.equal(await focus(reader), 'input');
  assert.deepEqual(await reader.options(), []);
  assert.equal((await reader.field()).value, 'garden wat');
  await reader.leave();
});

test('box: pressing the text of the panel leaves the reader in the field', async () => {
  const reader = await inField('box');
  await typed(reader, 'xyzzyplugh');
  await reader.page.click('searchlet-box >>> .message p');
  assert.equal(await focus(reader), 'input');
  assert.match(await reader.said(), /Nothing found/);
  await reader.leave();
});

test('dialog: while it is open, Tab stays in it', async () => {
  const reader = await inField('dialog');
  await reader.page.evaluate(() => document.querySelector('main')?.append(Object.assign(document.createElement('button'), { textContent: 'After' })));
  await typed(reader, 'garden wat');
  await reader.page.waitForSelector('searchlet-dialog >>> .completion');
  const stops = [];
  for (let press = 0; press < 8; press += 1) {
    await reader.press('Tab');
    stops.push(await focus(reader));
  }
  // From the last stop it goes to the browser's own controls, of which the page sees its body.
  assert.deepEqual(new Set([...stops, 'body', 'input']), new Set(['close', 'completion', 'body', 'input']));
  await reader.leave();
});

test('dialog: its button tells what it opens, and by which keys; closing it leads back there', { skip: CHROMIUM_ALONE }, async () => {
  const reader = await inField('dialog');
  await reader.press('Tab');
  assert.equal(await focus(reader), 'close');
  await reader.press(' ');
  assert.equal(await focus(reader), 'button');
  const opener = (await spoken(reader)).find(({ role }) => role === 'button');
  assert.deepEqual([opener?.name, opener?.hasPopup, opener?.keyshortcuts], ['Search', 'dialog', 'Control+K /']);
  await reader.press(' ');
  assert.equal(await focus(reader), 'input');
  const dialog = (await spoken(reader)).find(({ role }) => role === 'dialog');
  assert.deepEqual([dialog?.name, dialog?.modal], ['Search', true]);
  assert.ok(await reader.page.$('searchlet-dialog >>> dialog [role=status]'), 'what is said is said from inside, since nothing else is heard');
  await reader.leave();
});
