/** An element of Searchlet, which sleeps until someone is interested. */
import { element, icon } from './element.js';
import { frameSheet } from './frame.js';
import { OpenedIndex } from './opened.js';
import { sources } from './sources.js';
import { viewModule } from './view-module.js';

/** @typedef {import('./contract.d.ts').Place} Place */
/** @typedef {{ opening: Promise<OpenedIndex>, users: Set<AbortSignal> }} Shared */
/** @typedef {{ field: HTMLElement, input: HTMLInputElement, panel: HTMLElement, status: HTMLElement, label: string, word: string | false, signal: AbortSignal, wake: () => void }} Frame */

/**
 * The attributes that every element reads: `label`, `placeholder`, `limit`, `base`, `site`, `language`, `no-worker`,
 * `preload`, `theme` (light, dark, or auto: the reader's system; the page's own scheme unless given). A form inside, which
 * works before this script has run, gives placeholder, value, label and name, and takes what is searched for.
 */
export class Host extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  /** @type {HTMLInputElement | undefined} */
  #input;

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [frameSheet()];
    const { signal } = (this.#life = new AbortController());
    const form = this.querySelector('form');
    // No slot has this name, so the form is not drawn any more.
    if (form) form.slot = 'form';
    const own = inputOf(this);
    const given = this.getAttribute('label') ?? own?.ariaLabel ?? own?.labels?.[0]?.textContent?.trim();
    const label = given ?? 'Search';
    // Until the words of the page's language have come, it is English.
    const word = given === undefined && 'search';
    const kind = /** @type {Place['kind']} */ (this.localName.split('-')[1]);
    const input = (this.#input = element('input', {
      part: 'input',
      name: own?.name || 'q',
      // Of type=search the Escape key would compete with that of a combobox.
      ...(kind === 'results' ? { type: 'search' } : { type: 'text', role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': 'hits', 'aria-expanded': 'false' }),
      inputmode: 'search',
      enterkeyhint: 'search',
      autocomplete: 'off',
      autocapitalize: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
      'aria-label': label,
      'data-word': word,
      placeholder: this.getAttribute('placeholder') ?? (own?.placeholder || label),
    }));
    input.value = own?.value ?? '';
    const field = element('div', { part: 'field' }, icon(GLASS), input);
    const panel = element('div', { part: 'panel', hidden: true });
    const status = element('div', { role: 'status', class: 'status' });
    let awake = false;
    const wake = async () => {
      if (awake) return;
      awake = true;
      const index = () => sharedIndex(this, signal);
      try {
        index().catch(() => {});
        const { mount, words } = await viewModule(new URL(this.getAttribute('base') ?? sources.base, document.baseURI));
        if (!signal.aborted) mount({ host: this, root, input, field, panel, status, signal, index, kind, words });
      } catch (error) {
        awake = false;
        // Without the view there is nobody else to tell the reader.
        panel.textContent = `Search cannot start: ${/** @type {Error} */ (error).message}`;
        panel.hidden = false;
      }
    };
    root.replaceChildren(...this.draw({ field, panel, status, input, label, word, signal, wake }));
    for (const interest of ['focusin', 'pointerenter', 'input']) this.addEventListener(interest, wake, { signal });
    if (this.hasAttribute('preload')) void wake();
  }

  /**
   * @param {Frame} frame
   * @returns {Node[]} what stands in the shadow root
   */
  draw({ field, panel, status }) {
    return [field, panel, status];
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** What stands in the field; setting it searches. */
  get value() {
    return this.#input?.value ?? '';
  }

  set value(text) {
    if (!this.#input) return;
    this.#input.value = text;
    this.#input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }
}

/**
 * The field of the form that works without this script.
 *
 * @param {HTMLElement} host
 * @returns {HTMLInputElement | null}
 */
function inputOf(host) {
  return host.querySelector('form input:not([type=hidden])');
}

/** A looking-glass. */
export const GLASS = 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Zm4.5-1.5L17 17';

// Elements often go and come back, as when one page of an application takes the place of another.
const IDLE_MS = 5000;

/** @type {Map<string, Shared>} */
const shared = new Map();

/**
 * One engine serves all elements of a page that ask for the same, and ends when the last of them has gone.
 *
 * @param {HTMLElement} host
 * @param {AbortSignal} signal
 */
function sharedIndex(host, signal) {
  const [base, site, language, noWorker] = ['base', 'site', 'language', 'no-worker'].map((name) => host.getAttribute(name) ?? undefined);
  const key = JSON.stringify([base, site, language, noWorker]);
  let entry = shared.get(key);
  if (!entry) {
    const index = new OpenedIndex({ base, site, language, worker: noWorker === undefined });
    entry = { opening: index.ready().then(() => index), users: new Set() };
    shared.set(key, entry);
    // What failed once may be tried again by the next search.
    entry.opening.catch(() => shared.delete(key));
  }
  const { opening, users } = entry;
  if (!users.has(signal)) {
    users.add(signal);
    signal.addEventListener('abort', () => {
      users.delete(signal);
      setTimeout(() => {
        if (users.size || shared.get(key)?.users !== users) return;
        shared.delete(key);
        opening.then((index) => index.close(), () => {});
      }, IDLE_MS);
    });
  }
  return opening;
}
