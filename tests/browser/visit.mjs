// A visit to a garden, of which pictures are taken.

import { join } from 'node:path';
import { flaws } from './looks.mjs';
import { Reader } from './reader.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./server.mjs').serve>>} Host */
/** @typedef {import('./garden.mjs').Garden} Garden */

/** Has long waits of the page end when the test says so, and the page be offline when the test says so. */
function patience() {
  const { setTimeout } = globalThis;
  /** @type {(() => void)[]} */
  const waiting = [];
  Object.assign(globalThis, {
    connected: true,
    pass: () => waiting.splice(0).forEach((work) => work()),
    setTimeout: (/** @type {any} */ work, /** @type {number} */ wait, /** @type {any[]} */ ...rest) => (
      wait < 5000 ? setTimeout(work, wait, ...rest) : void waiting.push(() => work(...rest))
    ),
  });
  Object.defineProperty(Navigator.prototype, 'onLine', { get: () => /** @type {any} */ (globalThis).connected });
}

/** One page in one window. */
export class Visit {
  /** @type {string[]} */
  flaws = [];

  /**
   * @param {Reader} reader
   * @param {Host} host
   * @param {Garden} garden
   * @param {string} label of its pictures
   */
  constructor(reader, host, garden, label) {
    this.reader = reader;
    this.host = host;
    this.garden = garden;
    this.label = label;
  }

  /**
   * @param {import('puppeteer-core').Browser} browser
   * @param {Host} host
   * @param {Garden} garden
   * @param {import('puppeteer-core').Viewport} window
   * @param {string} [label]
   */
  static async to(browser, host, garden, window, label = '') {
    const reader = await Reader.at(browser, `${host.url}site.css`, {
      async before(page) {
        await page.setViewport(window);
        await page.evaluateOnNewDocument(patience);
        await page.evaluateOnNewDocument((recent) => localStorage.setItem('searchlet:recent', JSON.stringify(recent)), garden.recent);
      },
    });
    return new Visit(reader, host, garden, label);
  }

  /** @param {string} path @param {[RegExp, import('./server.mjs').Fault][]} broken */
  async go(path, ...broken) {
    this.host.fail(...broken);
    await this.reader.page.goto(this.host.url + path);
  }

  /** @param {string} what a selector, in the element's shadow */
  async sees(what) {
    await this.reader.page.waitForFunction((host, selector) => (
      [.../** @type {any} */ (document.querySelector(host)).shadowRoot.querySelectorAll(selector)].some((node) => node.checkVisibility())
    ), { timeout: 10_000 }, this.reader.element, what);
  }

  /**
   * Takes two pictures, in both themes, once the element shows something.
   *
   * @param {string} folder
   * @param {string} state
   * @param {string} [what] a selector of it, in the element's shadow
   */
  async shoot(folder, state, what = '.field') {
    const { page, element } = this.reader;
    const name = `${element.slice(10)}-${state}`;
    await this.sees(what);
    this.flaws.push(...(await page.evaluate(flaws, element)).map((flaw) => `${name}, ${this.label}: ${flaw}`));
    for (const value of ['light', 'dark']) {
      await this.dress(value);
      await page.screenshot({ path: /** @type {`${string}.png`} */ (join(folder, `${name}-${this.label}-${value}.png`)), optimizeForSpeed: true });
    }
  }

  /** @param {string} value light or dark */
  dress(value) {
    return this.reader.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }, { name: 'prefers-reduced-motion', value: 'reduce' }]);
  }

  /** @param {string} text takes the place of what stood in the field */
  async type(text) {
    const { page, element } = this.reader;
    await page.evaluate((name, query) => {
      const host = /** @type {any} */ (document.querySelector(name));
      host.shadowRoot.querySelector('input').focus();
      host.value = query;
    }, element, text);
  }

  /** @param {string} text */
  async search(text) {
    await this.reader.page.evaluate(() => { /** @type {any} */ (globalThis).answered = undefined; });
    await this.type(text);
    await this.reader.answer(text);
  }

  /** Turns to another element: opens the dialog, or leaves it. @param {'searchlet-box' | 'searchlet-dialog' | 'searchlet-results'} element */
  async turn(element) {
    const { page } = this.reader;
    this.reader.element = element;
    await page.evaluate((name) => {
      const dialog = /** @type {any} */ (document.querySelector('searchlet-dialog'));
      /** @type {any} */ (document.activeElement)?.blur();
      if (name === 'searchlet-dialog') dialog.show();
      else dialog.close();
    }, element);
  }
}
