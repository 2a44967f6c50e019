/** Brings a search field to life. */
import { announcer } from './view/announce.js';
import { arrive, depart } from './view/arrival.js';
import { Combobox } from './view/combobox.js';
import { view, wordsOf } from './view/render.js';
import { answered, dropped, failed, initial, screenOf, slowed, typed } from './view/state.js';
import { viewSheet } from './view/style.js';

export { arrive };

/** @typedef {import('./contract.d.ts').Place} Place */
/** @typedef {import('./view/state.js').State} State */

// A shorter wait goes unnoticed, and an indicator that flashes disturbs more than none.
const STALL_MS = 300;

/**
 * Mounts the view: every listener goes when the place's signal is aborted.
 *
 * @param {Place} place
 */
export function mount(place) {
  const { host, root, input, panel, status, popup, signal } = place;
  const field = /** @type {HTMLElement} */ (input.parentElement);
  const announce = announcer(status, signal);
  /** @type {State} */
  let state = initial;
  let asked = 0;

  root.adoptedStyleSheets = [...root.adoptedStyleSheets, viewSheet()];
  const combobox = new Combobox(input, panel, { choose, submit, escape, reveal: () => set({ ...state, open: true }) }, signal);

  // Text that is still being composed is searched as well: on a phone's keyboard every word is.
  input.addEventListener('input', search, { signal });
  input.addEventListener('focus', () => set({ ...state, open: true }), { signal });
  // Pressing a hit must not take the focus out of the field.
  panel.addEventListener('mousedown', (event) => {
    if (optionOf(event)) event.preventDefault();
  }, { signal });
  panel.addEventListener('click', (event) => {
    const option = optionOf(event);
    if (option) follow(option, event, event.ctrlKey || event.metaKey || event.shiftKey);
    else if (event.target instanceof Element && event.target.closest('.again')) {
      input.focus();
      search();
    }
  }, { signal });
  if (popup) {
    host.addEventListener('focusout', (event) => {
      // A press on the panel's own scrollbar or text has no related target, and must leave the panel open.
      if (!(event.relatedTarget instanceof Node) ? !panel.matches(':hover') : !host.contains(event.relatedTarget)) close();
    }, { signal });
    document.addEventListener('pointerdown', (event) => {
      if (!event.composedPath().includes(host)) close();
    }, { signal });
  }
  set({ ...state, open: !popup || root.activeElement === input });
  // Letters may have been typed before this module came.
  if (input.value !== '') search();

  /** @param {State} next */
  function set(next) {
    const last = state;
    state = next;
    if (screenOf(next) !== screenOf(last) || next.found !== last.found || next.problem !== last.problem) {
      panel.replaceChildren(...view(next));
      panel.scrollTop = 0;
    }
    const hidden = !next.open || screenOf(next) === 'nothing';
    const changed = hidden !== panel.hidden || next.found !== last.found;
    if (popup && panel.hidden && !hidden) align();
    panel.hidden = hidden;
    field.toggleAttribute('data-busy', next.stage === 'slow');
    panel.setAttribute('aria-busy', String(next.stage === 'slow'));
    if (changed || next.query !== last.query) combobox.update();
    if (changed || screenOf(next) !== screenOf(last)) announce(next);
  }

  async function search() {
    const ask = ++asked;
    const query = input.value;
    set(typed(state, query));
    if (query.trim() === '') return;
    const stall = setTimeout(() => { if (ask === asked) set(slowed(state)); }, STALL_MS);
    try {
      const index = await place.index();
      if (ask !== asked) return;
      const limit = Number(host.getAttribute('limit'));
      const found = await index.search(query, { signal, ...(limit > 0 && { limit }) });
      if (ask !== asked) return;
      set(answered(state, found));
      host.dispatchEvent(new CustomEvent('searchlet-found', { bubbles: true, composed: true, detail: { found } }));
    } catch (error) {
      if (ask !== asked || signal.aborted) return;
      const { name, message } = /** @type {Error} */ (error);
      set(name === 'AbortError' ? dropped(state) : failed(state, message));
    } finally {
      clearTimeout(stall);
    }
  }

  function close() {
    set({ ...state, open: false });
  }

  /** @param {Event} event */
  function optionOf(event) {
    return event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[role=option]')) : null;
  }

  /**
   * @param {HTMLElement} option
   * @param {boolean} newTab
   */
  function choose(option, newTab) {
    if (!newTab) return option.click();
    const event = new Event('click', { cancelable: true });
    follow(option, event, true);
    const href = option.getAttribute('href');
    if (href && !event.defaultPrevented) open(href, '_blank', 'noopener');
  }

  /**
   * Tells the page that a hit is about to be followed, then leaves the words for the page it leads to.
   *
   * @param {HTMLElement} option
   * @param {Event} event
   * @param {boolean} newTab
   */
  function follow(option, event, newTab) {
    const href = option.getAttribute('href');
    const hit = state.found?.hits[Number(option.id.split('-')[1])];
    if (!href || !hit) return;
    const select = new CustomEvent('searchlet-select', { bubbles: true, composed: true, cancelable: true, detail: { href, hit, newTab } });
    if (!host.dispatchEvent(select)) return event.preventDefault();
    // Another tab has a storage of its own.
    if (newTab) return;
    // First, because a dialog that closes gives the focus back, which may scroll.
    if (popup) close();
    else /** @type {HTMLDialogElement | null} */ (panel.closest('dialog'))?.close();
    if (depart(href, wordsOf(hit))) event.preventDefault();
  }

  /** @returns {boolean} whether there was a form to take the words */
  function submit() {
    const form = host.querySelector('form');
    if (!form) return false;
    const target = form.querySelector('input:not([type=hidden])');
    if (target instanceof HTMLInputElement) target.value = input.value;
    form.requestSubmit();
    return true;
  }

  /** @returns {boolean} false leaves the key to the dialog, which closes */
  function escape() {
    if (!popup) return false;
    if (!panel.hidden) close();
    else if (input.value !== '') {
      input.value = '';
      void search();
    } else return false;
    return true;
  }

  /** Opens the panel towards the side of the window that has the room, down to the window's edge. */
  function align() {
    const { left, right, bottom } = host.getBoundingClientRect();
    const fromStart = getComputedStyle(host).direction === 'rtl' ? innerWidth - right : left;
    const fromEnd = innerWidth - (right - left) - fromStart;
    panel.classList.toggle('end', fromStart > fromEnd);
    panel.style.setProperty('--_room', `${Math.round(innerHeight - bottom - 16)}px`);
  }
}
