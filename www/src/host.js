/** An element of Searchlet, which sleeps until someone is interested. */
import { element, icon } from './element.js';
import { FRAME, adopt } from './frame.js';
import { offline } from './offline.js';
import { open } from './opened.js';
import { folderOf, sources } from './sources.js';
import { viewModule } from './view-module.js';

/** @typedef {import('./contract.d.ts').Index} Index */
/** @typedef {import('./contract.d.ts').Place} Place */
/** @typedef {Omit<Place, 'words'> & { label: string, word: string | undefined, wake: () => void }} Frame */

// Who waits longer for the view is told that it is coming.
const SLOW_MS = 1000;

/** A looking-glass. */
export const GLASS = 'M9 3a6 6 0 1 0 .1 0M13 13l4 4';

/**
 * The attributes that every element reads: `label`, `placeholder`, `limit`, `base`, `site`, `language`, `no-worker`,
 * `no-recent`, `preload`, `service-worker`, `offline` (see offline.js), `theme` (light, dark, or auto: the reader's system; the page's own scheme unless given). A form
 * inside, which works before this script has run, gives placeholder, value, label and name, and takes what is searched for. Several
 * bundles are searched as one when `base` names them, and `site` what their urls are relative to, with blanks between.
 */
export class Host extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  /** @type {HTMLInputElement | undefined} */
  #input;
  /** What was to stand in the field before there was one. @type {string | undefined} */
  #early;

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open', delegatesFocus: true });
    const { signal } = (this.#life = new AbortController());
    const folder = folderOf(listed(this, 'base')[0] ?? sources.base);
    const kind = /** @type {Place['kind']} */ (this.localName.slice(10));
    const form = this.querySelector('form');
    // No slot has this name, so the form is not drawn any more.
    if (form) form.slot = 'form';
    const taker = () => /** @type {HTMLInputElement | null} */ (this.querySelector('form input:is([type=text], [type=search], :not([type]))'));
    const own = taker();
    const given = this.getAttribute('label') || own?.ariaLabel || own?.labels?.[0]?.textContent;
    const label = given || 'Search';
    // Until the words of the page's language have come, it is English.
    const word = given ? undefined : 'search';
    const input = (this.#input = element('input', {
      part: 'input',
      name: own?.name || 'q',
      // Of type=search the Escape key would compete with that of a combobox.
      ...(kind === 'results' ? { type: 'search' } : { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false' }),
      enterkeyhint: 'search',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-label': label,
      'data-word': word,
      placeholder: this.getAttribute('placeholder') ?? (own?.placeholder || label),
    }));
    input.defaultValue = own?.value ?? '';
    const panel = element('div', { part: 'panel', hidden: '' });
    const status = element('div', { role: 'status', class: 'status' });
    const field = element('div', { part: 'field' }, icon(GLASS), input, status);
    const index = () => sharedIndex(this, signal);
    const place = { host: /** @type {any} */ (this), root, input, field, panel, status, taker, signal, index, kind, tools: { element, icon, adopt } };
    // Without the view there is nobody else to tell the reader. What the view shows are elements, never a text alone.
    const show = (/** @type {unknown} */ focused) => {
      // A box may be left, or was never more than pointed at.
      if (panel.firstChild && !panel.firstElementChild) panel.hidden = kind === 'box' && !focused;
    };
    const tell = (text = '') => {
      status.textContent = panel.textContent = text;
      panel.hidden = true;
      show(root.activeElement);
    };
    let awake = false;
    const wake = async () => {
      if (awake) return;
      awake = true;
      index().catch(() => {});
      const slow = setTimeout(tell, SLOW_MS, 'Loading…');
      try {
        const { mount, words } = await viewModule(folder);
        tell();
        if (!signal.aborted) mount({ ...place, words });
      } catch (/** @type {any} */ error) {
        if (signal.aborted) return;
        awake = false;
        tell(`Search cannot start: ${error.message}`);
        this.dispatchEvent(new CustomEvent('searchlet-error', { bubbles: true, composed: true, detail: { error } }));
        addEventListener('online', wake, { signal, once: true });
      } finally {
        clearTimeout(slow);
      }
    };
    adopt(root, FRAME);
    root.replaceChildren(...this.draw({ ...place, label, word, wake }));
    for (const interest of ['focusin', 'pointerenter', 'input']) this.addEventListener(interest, wake, { signal });
    for (const turn of ['focusin', 'focusout']) this.addEventListener(turn, () => show(turn === 'focusin'), { signal });
    if (this.hasAttribute('preload')) wake();
    offline(this, input, folder.href, signal);
    // A page may have set it before it had this class.
    const early = Object.hasOwn(this, 'value') ? this.value : this.#early;
    Reflect.deleteProperty(this, 'value');
    if (early !== undefined) this.value = early;
  }

  /**
   * @param {Frame} frame
   * @returns {Node[]} what stands in the shadow root
   */
  draw({ field, panel }) {
    return [field, panel];
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** What stands in the field; setting it searches. */
  get value() {
    return this.#input?.value ?? '';
  }

  set value(text) {
    if (!this.#input) {
      this.#early = text;
      return;
    }
    this.#input.value = text;
    this.#input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }
}

/**
 * @param {HTMLElement} host
 * @param {string} attribute words with blanks between
 */
function listed(host, attribute) {
  return host.getAttribute(attribute)?.split(/\s+/).filter(Boolean) ?? [];
}

// Elements often go and come back, as when one page of an application takes the place of another.
const IDLE_MS = 5000;

/** @type {Map<string, { opening: Promise<Index>, users: Set<AbortSignal> }>} */
const shared = new Map();

/**
 * One engine serves all elements of a page that ask for the same, and ends when the last of them has gone.
 *
 * @param {HTMLElement} host
 * @param {AbortSignal} signal
 */
function sharedIndex(host, signal) {
  const asked = ['base', 'site', 'language', 'no-worker'].map((name) => host.getAttribute(name) ?? undefined);
  const [, , language, noWorker] = asked;
  const key = JSON.stringify(asked);
  let entry = shared.get(key);
  if (!entry) {
    const [bases, sites] = [listed(host, 'base'), listed(host, 'site')];
    // Without a name it is the bundle of the loader.
    const bundles = (bases.length ? bases : [undefined]).map((base, at) => ({ base, site: sites[at] }));
    shared.set(key, entry = { opening: open(bundles, { language, worker: noWorker === undefined }), users: new Set() });
    // What failed once may be tried again by the next search.
    entry.opening.catch(() => shared.get(key) === entry && shared.delete(key));
  }
  const { opening, users } = entry;
  if (!users.has(signal)) {
    users.add(signal);
    signal.addEventListener('abort', () => {
      users.delete(signal);
      setTimeout(() => {
        if (users.size || shared.get(key) !== entry) return;
        shared.delete(key);
        opening.then((index) => index.close(), () => {});
      }, IDLE_MS);
    });
  }
  return opening;
}
