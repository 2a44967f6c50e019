/** `<searchlet-dialog>`: a search in a dialog, behind a button that has a shortcut. */
import { element, icon } from './element.js';
import { GLASS, Host } from './host.js';

/** @typedef {import('./host.js').Frame} Frame */

const APPLE = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/**
 * A button of the page's own may stand inside the element; it takes the place of the built-in one.
 *
 * @attr shortcut `mod+k /` unless given, where mod is ⌘ on Apple's machines, else Ctrl; `none` for no shortcut
 * @attr open present while the dialog is open
 */
export class SearchletDialog extends Host {
  /** Opens the dialog; the words of the last search are still there, selected. */
  show = () => {};
  /** Closes the dialog; focus returns to where it was. */
  close = () => {};

  /** @param {Frame} frame */
  draw({ field, panel, input, label, word, signal, wake }) {
    const shortcuts = (this.getAttribute('shortcut') ?? 'mod+k /').toUpperCase().replace('NONE', '').split(' ');
    const [first] = shortcuts;
    const opener = element(
      'button',
      { part: 'button', 'aria-haspopup': 'dialog', 'aria-keyshortcuts': shortcuts.join(' ').replaceAll('MOD', APPLE ? 'Meta' : 'Control') || undefined },
      icon(GLASS),
      element('span', { 'data-word': word }, label),
      first ? element('kbd', { 'aria-hidden': 'true' }, first.replace('MOD+', APPLE ? '⌘' : 'Ctrl ')) : '',
    );
    // Blanks around a form would fill a slot.
    const slot = this.querySelector(':scope > :not([slot], template)') ? element('slot', {}) : opener;
    const close = element('button', { part: 'close', 'data-word': 'close' }, 'Close');
    field.append(close);
    const dialog = element('dialog', { part: 'dialog', 'aria-label': label, 'data-word': word }, field, panel);

    this.show = () => {
      if (signal.aborted || dialog.open) return;
      dialog.showModal();
      this.setAttribute('open', '');
      input.focus();
      input.select();
      wake();
    };
    this.close = () => dialog.close();
    slot.addEventListener('click', this.show, { signal });
    close.addEventListener('click', this.close, { signal });
    const closed = () => this.removeAttribute('open');
    dialog.addEventListener('close', closed, { signal });
    signal.addEventListener('abort', closed);
    dialog.addEventListener('click', (event) => {
      // The backdrop is the dialog itself; everything that is shown lies in a child.
      if (event.target === dialog) this.close();
    }, { signal });
    document.addEventListener('keydown', (event) => {
      const mod = APPLE ? event.metaKey : event.ctrlKey;
      // On some keyboards a sign is itself typed with Shift.
      // A browser that fills in a form tells of a key without a name; one that is held down is told again and again.
      if (event.defaultPrevented || event.altKey || event.repeat || !event.key || (mod && event.shiftKey)) return;
      // Where keys have other letters than Latin ones, shortcuts go by their places.
      const key = event.key > '~' ? event.code.replace('Key', '') : event.key.toUpperCase();
      if (!shortcuts.includes((mod ? 'MOD+' : '') + key)) return;
      const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
      // A sign is text where text is typed, and in an editor Ctrl+K inserts a link.
      if (target.isContentEditable || (!mod && target.matches?.('input, textarea, select'))) return;
      event.preventDefault();
      if (dialog.open) this.close();
      else this.show();
    }, { signal });
    return [slot, dialog];
  }
}
