/** The search field as it stands before anyone has shown interest. */
import { element, icon } from './element.js';
import { offline } from './offline.js';
import { OpenedIndex } from './opened.js';
import { sources } from './sources.js';
import { viewModule } from './view-module.js';

/**
 * The attributes that every element of Searchlet reads: `label`, `placeholder`, `limit`, `base`, `site`, `language`,
 * `no-worker`, `preload`, `service-worker`, `offline`, `offline-label`, `theme` (light, dark, or auto: the reader's system; the page's own scheme unless given). Several
 * bundles are searched as one when `base` names them, and `site` what their urls are relative to, with blanks between.
 */
export class Field {
  /** @type {HTMLElement} */ #host;
  /** @type {boolean} */ #popup;
  #awake = false;

  /**
   * @param {HTMLElement} host
   * @param {boolean} popup
   */
  constructor(host, popup) {
    this.#host = host;
    this.#popup = popup;
    const label = host.getAttribute('label') ?? 'Search';
    this.input = element('input', {
      part: 'input',
      // Not type=search: its own Escape key and its clearing cross would compete with those of the combobox.
      type: 'text',
      role: 'combobox',
      inputmode: 'search',
      enterkeyhint: 'search',
      autocomplete: 'off',
      autocapitalize: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
      'aria-label': label,
      'aria-autocomplete': 'list',
      'aria-controls': 'hits',
      'aria-expanded': 'false',
      placeholder: host.getAttribute('placeholder') ?? label,
    });
    this.frame = element('div', { part: 'field', class: 'field' }, icon(GLASS), this.input);
    this.panel = element('div', { part: 'panel', class: 'panel', hidden: true });
    this.status = element('div', { role: 'status', class: 'status' });
    void offline(host, this.frame, new URL(list(host, 'base')[0] ?? sources.base, document.baseURI).href);
  }

  /**
   * Brings the view, which brings the engine.
   *
   * @param {AbortSignal} signal aborted when the element leaves the page
   */
  async wake(signal) {
    if (this.#awake) return;
    this.#awake = true;
    const host = this.#host;
    const { input, panel, status } = this;
    const root = /** @type {ShadowRoot} */ (host.shadowRoot);
    const index = () => sharedIndex(host);
    try {
      index().catch(() => {});
      const { mount } = await viewModule(new URL(list(host, 'base')[0] ?? sources.base, document.baseURI));
      if (!signal.aborted) mount({ host, root, input, panel, status, signal, index, popup: this.#popup });
    } catch (error) {
      this.#awake = false;
      // Without the view there is nobody else to tell the reader.
      panel.textContent = `Search cannot start: ${/** @type {Error} */ (error).message}`;
      panel.hidden = false;
    }
  }

  /** Forgets the view, whose listeners went with the signal. */
  sleep() {
    this.#awake = false;
  }
}

/**
 * @param {HTMLElement} host
 * @param {string} attribute words with blanks between
 */
function list(host, attribute) {
  return host.getAttribute(attribute)?.split(/\s+/).filter(Boolean) ?? [];
}

/** A looking-glass. */
export const GLASS = 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Zm4.5-1.5L17 17';

/** @type {Map<string, Promise<OpenedIndex>>} */
const shared = new Map();

/**
 * One engine serves all elements of a page that ask for the same.
 *
 * @param {HTMLElement} host
 */
function sharedIndex(host) {
  const [base, site, language, noWorker] = ['base', 'site', 'language', 'no-worker'].map((name) => host.getAttribute(name));
  const key = JSON.stringify([base, site, language, noWorker]);
  let opening = shared.get(key);
  if (!opening) {
    const [bases, sites] = [list(host, 'base'), list(host, 'site')];
    // Without a name it is the bundle of the loader.
    const bundles = (bases.length > 0 ? bases : [undefined]).map((base, at) => ({ ...(base && { base }), ...(sites[at] && { site: sites[at] }) }));
    const index = new OpenedIndex(bundles, { worker: noWorker === null, ...(language && { language }) });
    opening = index.ready().then(() => index);
    shared.set(key, opening);
    // What failed once may be tried again by the next search.
    opening.catch(() => shared.delete(key));
  }
  return opening;
}
