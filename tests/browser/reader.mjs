// A reader in front of a page: types, reads, notices what goes wrong.

import assert from 'node:assert/strict';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Browser} Browser */

export class Reader {
  /** What no reader should ever cause: exceptions, refusals of the page's policy. @type {string[]} */
  problems = [];

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    page.on('pageerror', (error) => this.notice(`exception: ${/** @type {Error} */ (error).message}`));
    page.on('console', (message) => {
      if (/error|warn/.test(message.type())) this.notice(`console: ${message.text()}`);
    });
  }

  /** @param {string} problem */
  notice(problem) {
    // Browsers themselves note files that did not come, and ask for an icon that a page's policy may forbid.
    if (!/: (Failed to load resource|Loading (Worker|module) from)|favicon\.ico/.test(problem)) this.problems.push(problem);
  }

  /**
   * Sits down in front of a page, with a browser that remembers nothing.
   *
   * @param {Browser} browser
   * @param {string} url
   * @param {{ element?: string, before?: (page: Page) => unknown }} [options]
   */
  static async at(browser, url, { element = 'searchlet-box', before } = {}) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1100, height: 900 });
    const reader = new Reader(page);
    reader.element = element;
    await page.evaluateOnNewDocument(() => {
      addEventListener('searchlet-results', (event) => { /** @type {any} */ (globalThis).answered = /** @type {CustomEvent} */ (event).detail.found.query; });
      addEventListener('securitypolicyviolation', (event) => console.warn(`refused: ${event.violatedDirective} ${event.blockedURI}`));
    });
    await before?.(page);
    await page.goto(url);
    return reader;
  }

  /** Ends the visit, which must have been without problems. */
  async leave() {
    await this.page.browserContext().close();
    assert.deepEqual(this.problems, []);
  }

  /** The element under test. */
  element = 'searchlet-box';

  /** @param {string} text */
  async type(text) {
    await this.page.focus(`${this.element} >>> input`);
    await this.page.keyboard.type(text);
  }

  /** @param {string} text takes the place of what stood in the field */
  async search(text) {
    await this.page.focus(`${this.element} >>> input`);
    await this.page.evaluate(() => { /** @type {any} */ (globalThis).answered = undefined; });
    await this.chord('Control', 'a');
    await this.page.keyboard.type(text);
    return this.answer(text);
  }

  /**
   * Waits until the view shows an answer to `query`, then reads it.
   *
   * @param {string} query
   */
  async answer(query) {
    await this.page.waitForFunction((asked) => /** @type {any} */ (globalThis).answered === asked, {}, query);
    return this.hits();
  }

  /** @returns {Promise<{ id: string, part: string, href: string, title: string, excerpt: string, marks: string[], selected: boolean }[]>} */
  options() {
    return this.page.evaluate((element) => {
      const host = /** @type {any} */ (document.querySelector(element));
      const panel = host.shadowRoot.querySelector('[part=panel]');
      if (panel.hidden) return [];
      return [...panel.querySelectorAll('[role=option]')].map((option) => ({
        id: option.id,
        part: option.getAttribute('part'),
        href: option.getAttribute('href') ?? '',
        title: option.querySelector('[part=title]').textContent,
        excerpt: option.querySelector('[part=excerpt]')?.textContent ?? '',
        marks: [...option.querySelectorAll('mark')].map((mark) => mark.textContent),
        selected: option.getAttribute('aria-selected') === 'true',
      }));
    }, this.element);
  }

  async hits() {
    return (await this.options()).filter(({ part }) => part === 'hit');
  }

  /**
   * Begins to watch the page before the reader does anything; what is given back waits for what was seen.
   *
   * @param {() => Promise<unknown>} watcher run in the page
   */
  async watch(watcher) {
    const seen = await this.page.evaluateHandle(`({ what: (${watcher})() })`);
    return () => seen.evaluate(({ what }) => what);
  }

  /**
   * What a page of results shows.
   *
   * @returns {Promise<{ count: string, titles: string[], filters: Record<string, string[]>, address: string, focus: string }>}
   */
  results() {
    return this.page.evaluate(() => {
      const root = /** @type {any} */ (document.querySelector('searchlet-results')).shadowRoot;
      const texts = (/** @type {any} */ where, /** @type {string} */ what) => [...where.querySelectorAll(what)].map((node) => node.textContent);
      return {
        count: root.querySelector('h2')?.textContent ?? '',
        titles: texts(root, 'h3'),
        filters: Object.fromEntries([...root.querySelectorAll('fieldset')].map((filter) => [
          filter.querySelector('legend').textContent,
          [...filter.querySelectorAll('label')].map((label) => `${label.control.checked ? '*' : ''}${[...label.querySelectorAll('span')].map((span) => span.textContent).join(' ')}`),
        ])),
        address: location.search,
        focus: root.activeElement?.id || root.activeElement?.name || '',
      };
    });
  }

  /** What stands in the panel, as text. @returns {Promise<string>} */
  said() {
    return this.page.evaluate((element) => {
      const panel = /** @type {any} */ (document.querySelector(element)).shadowRoot.querySelector('[part=panel]');
      return panel.hidden ? '' : panel.innerText;
    }, this.element);
  }

  /** @param {RegExp} pattern */
  async hears(pattern) {
    await this.page.waitForFunction((element, source) => {
      const panel = /** @type {any} */ (document.querySelector(element)).shadowRoot.querySelector('[part=panel]');
      return !panel.hidden && new RegExp(source, 'i').test(panel.innerText);
    }, { timeout: 10_000 }, this.element, pattern.source);
    return this.said();
  }

  /** The field's own state. */
  field() {
    return this.page.evaluate((element) => {
      const input = /** @type {any} */ (document.querySelector(element)).shadowRoot.querySelector('input');
      const attributes = Object.fromEntries([...input.attributes].map(({ name, value }) => [name, value]));
      return { value: input.value, focused: input.getRootNode().activeElement === input, attributes };
    }, this.element);
  }

  /** What a screen reader is told. @returns {Promise<string>} */
  status() {
    return this.page.evaluate((element) => /** @type {any} */ (document.querySelector(element)).shadowRoot.querySelector('[role=status]').textContent, this.element);
  }

  /** @param {import('puppeteer-core').KeyInput[]} keys */
  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /**
   * @param {import('puppeteer-core').KeyInput} modifier
   * @param {import('puppeteer-core').KeyInput} key
   */
  async chord(modifier, key) {
    await this.page.keyboard.down(modifier);
    await this.page.keyboard.press(key);
    await this.page.keyboard.up(modifier);
  }
}
