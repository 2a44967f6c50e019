/** `<searchlet-dialog>`: a search in a dialog, behind a button that has a shortcut. */
import { element, icon } from './element.js';
import { Field, GLASS } from './field.js';
import { frameSheet } from './frame.js';

/**
 * A button of the page's own may stand inside the element; it takes the place of the built-in one.
 *
 * @attr label, placeholder, limit, base, site, language, no-worker, preload, theme: see Field
 * @attr shortcut `mod+k` unless given, where mod is ⌘ on Apple's machines, else Ctrl; `none` for no shortcut
 * @attr open present while the dialog is open
 * @fires searchlet-found a CustomEvent with `found`, when an answer is shown
 * @fires searchlet-select a cancelable CustomEvent with the hit's `href`, before the reader is led there
 * @csspart button, dialog, field, input, panel, list, hit, title, excerpt, mark, passage, message, footer
 */
export class SearchletDialog extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  /** @type {HTMLDialogElement | undefined} */
  #dialog;
  /** @type {Field | undefined} */
  #field;

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [frameSheet()];
    const { signal } = (this.#life = new AbortController());
    const field = (this.#field = new Field(this, false));
    const label = this.getAttribute('label') ?? 'Search';
    const key = shortcutKey(this.getAttribute('shortcut') ?? 'mod+k');
    const opener = element(
      'button',
      { part: 'button', class: 'opener', type: 'button', 'aria-haspopup': 'dialog', 'aria-keyshortcuts': key && `${APPLE ? 'Meta' : 'Control'}+${key.toUpperCase()}` },
      icon(GLASS),
      element('span', {}, label),
    );
    if (key) opener.append(element('kbd', { 'aria-hidden': 'true' }, `${APPLE ? '⌘' : 'Ctrl '}${key.toUpperCase()}`));
    const slot = element('slot', {}, opener);
    const close = element('button', { part: 'close', class: 'close', type: 'button' }, 'Close');
    field.frame.append(close);
    const dialog = (this.#dialog = element('dialog', { part: 'dialog', 'aria-label': label }, field.frame, field.panel, field.status));
    root.replaceChildren(slot, dialog);

    slot.addEventListener('click', () => this.show(), { signal });
    close.addEventListener('click', () => this.close(), { signal });
    dialog.addEventListener('close', () => this.removeAttribute('open'), { signal });
    dialog.addEventListener('click', (event) => {
      // The backdrop is the dialog itself; everything that is shown lies in a child.
      if (event.target === dialog) this.close();
    }, { signal });
    for (const interest of ['focusin', 'pointerenter']) {
      this.addEventListener(interest, () => void field.wake(signal), { signal });
    }
    if (key) document.addEventListener('keydown', (event) => this.#shortcut(event, key), { signal });
    if (this.hasAttribute('preload')) void field.wake(signal);
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.removeAttribute('open');
  }

  /** Opens the dialog; the words of the last search are still there, selected. */
  show() {
    if (!this.#dialog || !this.#field || !this.#life || this.#dialog.open) return;
    this.#dialog.showModal();
    this.setAttribute('open', '');
    this.#field.input.focus();
    this.#field.input.select();
    void this.#field.wake(this.#life.signal);
  }

  /** Closes the dialog; focus returns to where it was. */
  close() {
    this.#dialog?.close();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} key
   */
  #shortcut(event, key) {
    const modifier = APPLE ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    if (!modifier || event.altKey || event.shiftKey || event.key.toLowerCase() !== key || event.defaultPrevented) return;
    const target = event.composedPath()[0];
    // In an editor the same keys insert a link.
    if (target instanceof HTMLElement && target.isContentEditable) return;
    event.preventDefault();
    if (this.#dialog?.open) this.close();
    else this.show();
  }
}

const APPLE = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/**
 * @param {string} shortcut
 * @returns {string | undefined} the key that goes with the modifier
 */
function shortcutKey(shortcut) {
  return /^mod\+(\w)$/i.exec(shortcut)?.[1]?.toLowerCase();
}
