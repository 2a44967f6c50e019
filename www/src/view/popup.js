/** A combobox at work: its hits open beneath the field or stand in a dialog. */
import { combobox } from './combobox.js';
import { keep, recentOf, remember } from './recent.js';
import { view } from './render.js';
import { initial, screenOf } from './state.js';

/** @typedef {import('../contract.d.ts').Place} Place */
/** @typedef {import('../contract.d.ts').Part} Part */
/** @typedef {import('./ask.js').Asker} Asker */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

/**
 * @param {Place} place
 * @param {Asker} asker
 * @returns {Part}
 */
export function popup({ host, root, input, taker, panel, kind, signal }, asker) {
  const closes = kind === 'box';
  const update = combobox(input, panel, { submit, escape, reveal }, signal);
  const close = () => asker.set({ open: false });

  // Text that is still being composed is searched as well: on a phone's keyboard every word is.
  input.addEventListener('input', search, { signal });
  input.addEventListener('focus', reveal, { signal });
  // A panel that scrolls would be a stop of the Tab key. A press on its text leaves the reader in the field.
  panel.tabIndex = -1;
  panel.addEventListener('focus', () => input.focus(), { signal });
  // Pressing a hit must not take the focus out of the field.
  panel.addEventListener('mousedown', (event) => {
    if (/** @type {Element} */ (event.target).closest('[role=option]')) event.preventDefault();
  }, { signal });
  if (closes) {
    host.addEventListener('focusout', ({ relatedTarget }) => {
      // A press on the panel's own scrollbar or text has no related target, and must leave the panel open.
      if (relatedTarget ? !host.contains(/** @type {Node} */ (relatedTarget)) : !panel.matches(':hover')) close();
    }, { signal });
    panel.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape') return;
      input.focus();
      close();
    }, { signal });
    document.addEventListener('pointerdown', (event) => {
      if (!event.composedPath().includes(host)) close();
    }, { signal });
  }
  return {
    paint,
    leave,
    acts: { all: submit, forget },
    begin() {
      const focused = root.activeElement === input;
      // Letters may have been typed before this module came.
      if (focused || input.value) search();
      if (closes && !focused) close();
    },
  };

  /**
   * @param {State} state
   * @param {State} last
   * @param {Say} say
   */
  function paint(state, last, say) {
    const { query, open, ...shown } = state;
    const renewed = Object.entries(shown).some(([what, value]) => value !== last[/** @type {keyof State} */ (what)]);
    if (renewed) {
      const within = panel.contains(root.activeElement);
      panel.replaceChildren(...view(state, say, host));
      // What had the focus is gone.
      if (within) input.focus();
    }
    if (state.found !== last.found) panel.scrollTop = 0;
    const hidden = !open || screenOf(state) === 'nothing';
    if (closes && panel.hidden && !hidden) align();
    if (renewed || hidden !== panel.hidden || query !== last.query) {
      panel.hidden = hidden;
      update();
    }
  }

  function search() {
    const query = input.value.trim();
    if (query) return void asker.ask(input.value, { limit: limitOf(host) }, true);
    asker.stop();
    asker.set({ ...initial, open: true, recent: recentOf(host) });
  }

  function reveal() {
    if (input.value) asker.set({ open: true });
    else search();
  }

  /** A hit is about to be followed. */
  function leave() {
    remember(host, input.value);
    // First, because a dialog that closes gives the focus back, which may scroll.
    if (closes) close();
    else panel.closest('dialog')?.close();
  }

  function forget() {
    keep(host, []);
    input.focus();
    search();
  }

  /** @returns {boolean} whether there was a form to take the words */
  function submit() {
    const target = taker();
    if (!target?.form) return false;
    remember(host, target.value = input.value);
    target.form.requestSubmit();
    return true;
  }

  /** @returns {boolean} false leaves the key to the dialog, which closes */
  function escape() {
    if (!closes || (panel.hidden && !input.value)) return false;
    if (panel.hidden) {
      input.value = '';
      search();
    }
    close();
    return true;
  }

  /** Opens the panel towards the side of the window that has the room, down to the window's edge. */
  function align() {
    const { left, right, bottom } = host.getBoundingClientRect();
    const atRight = left + right > innerWidth;
    panel.classList.toggle('end', atRight === (host.matches(':dir(ltr)')));
    // Where there is little room the page must be scrolled; then the field and the panel are to be in sight together.
    panel.style.setProperty('--_room', `${Math.max(innerHeight - bottom - 16, Math.min(256, innerHeight - 64))}px`);
  }
}

/**
 * @param {HTMLElement} host
 * @returns {number | undefined}
 */
export function limitOf(host) {
  return Number(host.getAttribute('limit')) || undefined;
}
