// What readers have set up for themselves is heeded: large targets, forced colours, less motion, zoom.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startChromium } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { demoSite, sweep } from './site.mjs';
import { STRICT, garden, states, visit } from './states.mjs';

/** @typedef {import('./states.mjs').State} State */

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {string} */ let site;

before(async () => {
  [browser, site] = await Promise.all([startChromium(), garden()]);
});
after(async () => {
  await browser.close();
  await sweep();
});

/** @param {State['element']} element @param {string} name @returns {State} */
function stateOf(element, name) {
  const state = states.find((one) => one.element === element && one.name === name);
  assert.ok(state, name);
  return state;
}

/** The states in which there is the most to press. */
const FULL = [
  stateOf('searchlet-box', 'hits'),
  stateOf('searchlet-box', 'recent searches'),
  stateOf('searchlet-box', 'another word was meant'),
  stateOf('searchlet-box', 'failed'),
  stateOf('searchlet-dialog', 'asleep'),
  stateOf('searchlet-dialog', 'hits'),
  stateOf('searchlet-results', 'hits, with filters, ranges, an order, and more'),
  stateOf('searchlet-results', 'another word was meant'),
];

// WCAG 2.2, 2.5.5 (AAA), and the guidelines of Apple: a finger needs 44 pixels.
const TARGET_PX = 44;

/**
 * What can be pressed, and how much of it lies one above the other, beside one another: by asking the page what stands there, since a link
 * may be larger than its text. A checkbox and a field are pressed by their labels and frames as well.
 *
 * @param {Reader} reader
 */
function targets(reader) {
  return reader.page.evaluate((element) => {
    const root = /** @type {ShadowRoot} */ (document.querySelector(element)?.shadowRoot);
    // What lies behind an open dialog cannot be pressed.
    const within = root.querySelector('dialog[open]') ?? root;
    const all = /** @type {HTMLElement[]} */ ([...within.querySelectorAll('button, a, select, input, summary')]);
    return all.filter((node) => node.checkVisibility()).map((node) => {
      const whole = node.matches('[type=checkbox]') ? /** @type {HTMLElement} */ (node.closest('label')) : node;
      whole.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = whole.getBoundingClientRect();
      const [x, y] = [left + Math.min(width, 40) / 2, top + height / 2];
      const isHere = (/** @type {number} */ across, /** @type {number} */ down) => {
        const there = root.elementFromPoint(across, down);
        return Boolean(there && (whole.contains(there) || there.closest('label') === whole));
      };
      const reach = (/** @type {number} */ right, /** @type {number} */ below) => {
        let far = 0;
        while (far < 60 && isHere(x + right * far, y + below * far)) far += 1;
        return far;
      };
      // The middle is counted by both sides.
      return { what: `${node.localName}.${node.className || node.getAttribute('name')} ${node.textContent?.slice(0, 30)}`, high: reach(0, 1) + reach(0, -1) - 1, wide: reach(1, 0) + reach(-1, 0) - 1 };
    });
  }, reader.element);
}

for (const state of FULL) {
  test(`${state.element}, ${state.name}: fingers have ${TARGET_PX} pixels`, async () => {
    const { reader, leave } = await visit(browser, site, state);
    const all = await targets(reader);
    assert.ok(all.length > 0);
    assert.deepEqual(all.filter(({ high, wide }) => high < TARGET_PX || wide < TARGET_PX), []);
    await leave();
  });
}


for (const scheme of ['light', 'dark']) {
  test(`in forced colours, ${scheme}, all colours are the system's`, async () => {
    const { reader, leave } = await visit(browser, site, stateOf('searchlet-box', 'an option is active'));
    const devtools = await reader.page.createCDPSession();
    await devtools.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }, { name: 'prefers-color-scheme', value: scheme }] });
    const { system, used, marks, chosen, field } = await reader.page.evaluate(() => {
      const root = /** @type {ShadowRoot} */ (document.querySelector('searchlet-box')?.shadowRoot);
      const probe = document.body.appendChild(document.createElement('p'));
      const colourOf = (/** @type {string} */ name) => {
        probe.style.setProperty('color', name);
        probe.style.setProperty('forced-color-adjust', 'none');
        return getComputedStyle(probe).color;
      };
      const known = Object.fromEntries(['CanvasText', 'Canvas', 'ButtonText', 'ButtonFace', 'ButtonBorder', 'LinkText', 'VisitedText', 'Field', 'FieldText', 'GrayText', 'Mark', 'MarkText', 'Highlight', 'HighlightText'].map((name) => [name, colourOf(name)]));
      probe.remove();
      const styles = [...root.querySelectorAll('*')].filter((node) => node.checkVisibility()).map((node) => getComputedStyle(node));
      const paints = styles.flatMap(({ color, backgroundColor, borderTopColor, borderTopWidth }) => [color, backgroundColor, ...(borderTopWidth === '0px' ? [] : [borderTopColor])]);
      const mark = getComputedStyle(/** @type {Element} */ (root.querySelector('mark')));
      const frame = getComputedStyle(/** @type {Element} */ (root.querySelector('.field')));
      const option = getComputedStyle(/** @type {Element} */ (root.querySelector('[aria-selected=true]')));
      return {
        system: known,
        used: [...new Set(paints)].filter((paint) => !/, 0\)$|\/ 0\)$|^transparent$/.test(paint)),
        marks: [mark.color, mark.backgroundColor],
        chosen: [option.outlineColor, option.outlineStyle],
        field: [frame.outlineColor, frame.outlineStyle],
      };
    });
    const known = new Set(Object.values(system));
    assert.deepEqual(used.filter((paint) => !known.has(paint)), []);
    assert.deepEqual(marks, [system.MarkText, system.Mark]);
    assert.deepEqual([known.has(chosen[0]), chosen[1]], [true, 'solid'], 'which option is active does not hang on its background');
    assert.deepEqual([known.has(field[0]), field[1]], [true, 'solid'], 'nor that the field has the focus on its shadow');
    await leave();
  });
}

/** How many animations run in an element. @param {Reader} reader */
const animations = (reader) => reader.page.evaluate((element) => {
  const root = /** @type {ShadowRoot} */ (document.querySelector(element)?.shadowRoot);
  return root.getAnimations().length + root.querySelectorAll('*').values().filter((node) => getComputedStyle(node).transitionDuration !== '0s').toArray().length;
}, reader.element);

for (const element of /** @type {const} */ (['searchlet-box', 'searchlet-dialog'])) {
  test(`${element}: nothing moves for readers who want no motion, while it waits for an answer`, async () => {
    const { reader, leave } = await visit(browser, site, stateOf(element, 'searching'));
    assert.equal(await animations(reader), 0);
    await reader.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }]);
    assert.notEqual(await animations(reader), 0, 'for the others something does');
    await leave();
  });
}

// 400 % of 1280 by 1024 pixels (WCAG 2.2, 1.4.10).
const ZOOMED = { width: 320, height: 256 };

/** What of an element, or of its page, reaches beyond the sides of the window. @param {Reader} reader @returns {Promise<string[]>} */
const sticksOut = (reader) => reader.page.evaluate((element) => {
  const root = /** @type {ShadowRoot} */ (document.querySelector(element)?.shadowRoot);
  const beyond = [...root.querySelectorAll('*')].filter((node) => {
    const { left, right, width } = node.getBoundingClientRect();
    return node.checkVisibility() && width > 0 && (left < -1 || right > innerWidth + 1);
  });
  return [...(document.documentElement.scrollWidth > innerWidth ? ['page'] : []), ...beyond.map(({ localName, className }) => `${localName}.${className}`)];
}, reader.element);

/** Whether the middle of what matches can be seen: inside of the window, under nothing else. @param {Reader} reader @param {string} selector */
const isSeen = (reader, selector) => reader.page.evaluate((element, wanted) => {
  const root = /** @type {ShadowRoot} */ (document.querySelector(element)?.shadowRoot);
  const node = /** @type {Element} */ (root.querySelector(wanted));
  const { left, top, width, height } = node.getBoundingClientRect();
  const there = root.elementFromPoint(left + Math.min(width, 40) / 2, top + height / 2);
  return Boolean(there && node.contains(there));
}, reader.element, selector);

for (const element of /** @type {const} */ (['searchlet-box', 'searchlet-dialog'])) {
  test(`${element}: at 400 % the field and the active hit are seen, each of them in turn, and nothing sticks out`, async () => {
    const state = stateOf(element, 'hits');
    const { reader, leave } = await visit(browser, site, { ...state, before: (page) => page.setViewport(ZOOMED) });
    assert.deepEqual(await sticksOut(reader), []);
    for (let number = 0; number < 5; number += 1) {
      await reader.press('ArrowDown');
      assert.deepEqual([number, await isSeen(reader, 'input'), await isSeen(reader, '[aria-selected=true] .title')], [number, true, true]);
    }
    await leave();
  });

  for (const name of ['recent searches', 'nothing found', 'a part is lost', 'failed', 'another word was meant']) {
    test(`${element}, ${name}: at 400 % nothing sticks out`, async () => {
      const state = stateOf(element, name);
      const { reader, leave } = await visit(browser, site, {
        ...state,
        async before(page) {
          await page.setViewport(ZOOMED);
          await state.before?.(page);
        },
      });
      assert.deepEqual(await sticksOut(reader), []);
      assert.ok(await isSeen(reader, 'input'));
      await leave();
    });
  }
}

test('a page of results: at 400 % nothing sticks out, and each stop of the Tab key is seen', async () => {
  const { reader, leave } = await visit(browser, site, {
    ...stateOf('searchlet-results', 'hits, with filters, ranges, an order, and more'),
    before: (page) => page.setViewport(ZOOMED),
  });
  assert.deepEqual(await sticksOut(reader), []);
  assert.ok(await isSeen(reader, 'input'));
  await reader.page.click('searchlet-results >>> summary');
  assert.deepEqual(await sticksOut(reader), [], 'with the filters open');
  for (const stop of ['[value=herb]', '[name="price.min"]', 'select', '#hit-0', '#hit-9', '.more']) {
    await reader.page.focus(`searchlet-results >>> ${stop}`);
    assert.ok(await isSeen(reader, stop), stop);
  }
  await leave();
});

test('the demo: at 400 % the field and the active hit are seen together', async () => {
  const host = await serve(await demoSite());
  const reader = await Reader.at(browser, host.url, { before: (page) => page.setViewport(ZOOMED) });
  await reader.search('asean regional cert');
  await reader.press('ArrowDown');
  assert.deepEqual(await sticksOut(reader), []);
  assert.deepEqual([await isSeen(reader, 'input'), await isSeen(reader, '[aria-selected=true] .title')], [true, true]);
  await reader.leave();
  await host.stop();
});
