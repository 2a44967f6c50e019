/** The keyboard of a combobox: it knows options, not what they list. */

/**
 * @typedef {object} Acts
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
 *
 * @param {HTMLInputElement} input
 * @param {HTMLElement} panel holds the options
 * @param {Acts} acts
 * @param {AbortSignal} signal
 * @returns {() => void} to be called when the options have changed or gone
 */
export function combobox(input, panel, acts, signal) {
  let active = -1;
  /** None while the panel is hidden. @type {() => HTMLAnchorElement[]} */
  const options = () => (panel.hidden ? [] : Array.from(panel.querySelectorAll('[role=option]')));

  input.addEventListener('keydown', (event) => {
    // While an input method composes, its keys choose among its own candidates; 229 is how older engines say so.
    if (!event.isComposing && event.keyCode !== 229 && handle(event)) event.preventDefault();
  }, { signal });
  return () => {
    activate(-1);
    const [first] = options();
    input.ariaExpanded = String(Boolean(first));
    refer('aria-controls', first && 'hits');
  };

  /** @param {number} next the option's number, or -1 for the text itself */
  function activate(next) {
    active = next;
    const all = options();
    refer('aria-activedescendant', all[next]?.id);
    all.forEach((option, number) => {
      option.ariaSelected = String(number === next);
    });
    all[next]?.scrollIntoView({ block: 'nearest' });
  }

  /**
   * Has the field refer to what there is, or to nothing.
   *
   * @param {string} how
   * @param {string | undefined} id
   */
  function refer(how, id) {
    if (id) input.setAttribute(how, id);
    else input.removeAttribute(how);
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was meant for the combobox
   */
  function handle({ key, ctrlKey, metaKey, shiftKey, altKey }) {
    const newTab = ctrlKey || metaKey || shiftKey;
    if (key === 'Enter' && !altKey) {
      const option = options()[active];
      if (!option) return acts.submit();
      option.target = newTab ? '_blank' : '';
      option.click();
      return true;
    }
    if (newTab || altKey) return false;
    if (key === 'Escape') return acts.escape();
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) {
      if (panel.hidden) acts.reveal();
      // Round through the options, with the text between the last one and the first.
      const places = options().length + 1;
      activate(((active + 1 + step + places) % places) - 1);
      return places > 1;
    }
    // Back to the text, where the browser moves the caret.
    if (/^(Home|End|Arrow)/.test(key)) activate(-1);
    return false;
  }
}
