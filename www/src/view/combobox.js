/** The keyboard of a combobox: it knows options, not what they list. */

/**
 * @typedef {object} Acts
 * @property {(option: HTMLElement, newTab: boolean) => void} choose Enter on the active option
 * @property {() => boolean} submit Enter while no option is active; false leaves the key to the browser
 * @property {() => boolean} escape false leaves the key to the browser
 * @property {() => void} reveal an arrow key while the options are hidden
 */

/**
 * Follows the combobox pattern of the ARIA Authoring Practices: focus never leaves the field, `aria-activedescendant` stands
 * only while an option is active, no option is active until an arrow key makes it so (a screen reader would otherwise read
 * the first option instead of the letters being typed).
 *
 * Source: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export class Combobox {
  /** @type {HTMLInputElement} */ #input;
  /** @type {HTMLElement} */ #panel;
  /** @type {Acts} */ #acts;
  #active = -1;

  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} panel holds the options
   * @param {Acts} acts
   * @param {AbortSignal} signal
   */
  constructor(input, panel, acts, signal) {
    this.#input = input;
    this.#panel = panel;
    this.#acts = acts;
    input.addEventListener('keydown', (event) => this.#key(event), { signal });
  }

  /** To be called when the options have changed or gone. */
  update() {
    this.#activate(-1);
    this.#input.setAttribute('aria-expanded', String(this.#options().length > 0));
  }

  /** @returns {HTMLElement[]} none while the panel is hidden */
  #options() {
    return this.#panel.hidden ? [] : [...this.#panel.querySelectorAll('[role=option]')].filter((node) => node instanceof HTMLElement);
  }

  /** @param {number} active the option's number, or -1 for the text itself */
  #activate(active) {
    this.#active = active;
    this.#input.removeAttribute('aria-activedescendant');
    this.#options().forEach((option, number) => {
      option.setAttribute('aria-selected', String(number === active));
      if (number !== active) return;
      this.#input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // While an input method composes, its keys choose among its own candidates; 229 is how older engines say so.
    if (event.isComposing || event.keyCode === 229) return;
    if (this.#handle(event)) event.preventDefault();
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was meant for the combobox
   */
  #handle(event) {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    const newTab = ctrlKey || metaKey || shiftKey;
    if (key === 'Enter' && !altKey) {
      const option = this.#options()[this.#active];
      if (!option) return this.#acts.submit();
      this.#acts.choose(option, newTab);
      return true;
    }
    if (newTab || altKey) return false;
    switch (key) {
      case 'ArrowDown':
        return this.#move(1);
      case 'ArrowUp':
        return this.#move(-1);
      case 'Home':
      case 'End':
      case 'ArrowLeft':
      case 'ArrowRight':
        // Back to the text, where the browser moves the caret.
        this.#activate(-1);
        return false;
      case 'Escape':
        return this.#acts.escape();
      default:
        return false;
    }
  }

  /**
   * Goes round through the options, with the text between the last one and the first.
   *
   * @param {1 | -1} step
   */
  #move(step) {
    if (this.#panel.hidden) this.#acts.reveal();
    const places = this.#options().length + 1;
    if (places === 1) return false;
    this.#activate(((this.#active + 1 + step + places) % places) - 1);
    return true;
  }
}
