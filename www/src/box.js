/** `<searchlet-box>`: a search field whose hits open beneath it. */
import { Field } from './field.js';
import { frameSheet } from './frame.js';

/**
 * A form inside the element works before this script has run, and takes Enter when no hit is chosen.
 *
 * @attr label, placeholder, limit, base, site, language, no-worker, preload, theme: see Field
 * @fires searchlet-found a CustomEvent with `found`, when an answer is shown
 * @fires searchlet-select a cancelable CustomEvent with the hit's `href`, before the reader is led there
 * @csspart field, input, panel, list, hit, title, excerpt, mark, passage, message, footer
 */
export class SearchletBox extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [frameSheet()];
    const field = new Field(this, true);
    root.replaceChildren(field.frame, field.panel, field.status);
    const { signal } = (this.#life = new AbortController());
    const wake = () => void field.wake(signal);
    for (const interest of ['focusin', 'pointerenter', 'input']) this.addEventListener(interest, wake, { signal });
    if (this.hasAttribute('preload')) wake();
  }

  disconnectedCallback() {
    this.#life?.abort();
  }
}
