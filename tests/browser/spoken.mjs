// What a screen reader is told of a page.

import assert from 'node:assert/strict';

/** @typedef {import('./reader.mjs').Reader} Reader */

/**
 * The nodes that are told of, by the browser's own reckoning.
 *
 * @param {Reader} reader
 * @returns {Promise<Record<string, any>[]>}
 */
export async function spoken(reader) {
  const devtools = await reader.page.createCDPSession();
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  await devtools.detach();
  return nodes.filter(({ ignored }) => !ignored).map(({ role, name, value, description, properties = [], backendDOMNodeId }) => ({
    ...Object.fromEntries(properties.map((property) => [property.name, property.value.relatedNodes ?? property.value.value])),
    role: role?.value,
    name: name?.value,
    value: value?.value,
    description: description?.value,
    node: backendDOMNodeId,
  }));
}

/** Roles of what a reader can operate. A disclosure is a group, too, and has a name by its button alone. */
const CONTROLS = new Set(['button', 'checkbox', 'combobox', 'Date', 'dialog', 'DisclosureTriangle', 'link', 'listbox', 'option', 'searchbox', 'spinbutton', 'textbox']);

/**
 * Sees that what has such roles has names, and that there is no control without one.
 *
 * @param {Reader} reader
 * @param {string[]} roles
 */
export async function assertNamed(reader, roles) {
  const nodes = await spoken(reader);
  const isNamed = (/** @type {Record<string, any>} */ { name }) => Boolean(name?.trim());
  assert.deepEqual(nodes.filter((node) => CONTROLS.has(node.role) && !isNamed(node)), []);
  const there = new Set(nodes.filter(isNamed).map(({ role }) => role));
  assert.deepEqual(roles.filter((role) => !there.has(role)), [], `only ${[...there].join()}`);
}

/** Keeps the announcer from speaking until `pause` is called. @param {import('puppeteer-core').Page} page */
export function withoutPauses(page) {
  return page.evaluateOnNewDocument(() => {
    const { setTimeout, clearTimeout } = globalThis;
    /** @type {Map<number, () => void>} */
    const waiting = new Map();
    /** @type {string[]} */
    const told = [];
    let next = -1;
    Object.assign(globalThis, {
      waiting,
      told,
      setTimeout(/** @type {() => void} */ act, /** @type {number} */ wait, /** @type {any[]} */ ...given) {
        if (wait !== 1000) return setTimeout(act, wait, ...given);
        waiting.set(next -= 1, act);
        return next;
      },
      clearTimeout(/** @type {number} */ which) {
        if (!waiting.delete(which)) clearTimeout(which);
      },
      pause() {
        for (const act of waiting.values()) act();
        waiting.clear();
      },
      listen(/** @type {Node} */ region) {
        new MutationObserver(() => told.push(region.textContent ?? '')).observe(region, { childList: true, characterData: true, subtree: true });
      },
    });
  });
}

/** What has been said by the end of a pause, since `listens`. @param {Reader} reader @returns {Promise<string[]>} */
export const afterPause = (reader) => reader.page.evaluate(async () => {
  /** @type {any} */ (globalThis).pause();
  // Observers are told before the next task.
  await new Promise((done) => { setTimeout(done); });
  return /** @type {any} */ (globalThis).told.splice(0);
});

/** @param {Reader} reader */
export const listens = (reader) => reader.page.evaluate((element) => (
  /** @type {any} */ (globalThis).listen(/** @type {any} */ (document.querySelector(element)).shadowRoot.querySelector('[role=status]'))
), reader.element);
