/** A combobox at work: its hits open beneath the field or stand in a dialog. */
import { Combobox } from './combobox.js';
import { recentOf, remember } from './recent.js';
import { view } from './render.js';
import { cleared, screenOf } from './state.js';

/** @typedef {import('../contract.d.ts').Place} Place */
/** @typedef {import('../contract.d.ts').Part} Part */
/** @typedef {import('./ask.js').Asker} Asker */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

/**
 * @param {Place} place
 * @param {Asker} asker
 * @param {(option: HTMLElement, event: Event, newTab: boolean) => void} follow
 * @returns {Part}
 */
export function popup({ host, root, input, panel, kind, signal }, asker, follow) {
  const closes = kind === 'box';
  const combobox = new Combobox(input, panel, { choose, submit, escape, reveal }, signal);

  // Text that is still being composed is searched as well: on a phone's keyboard every word is.
  input.addEventListener('input', search, { signal });
  input.addEventListener('focus', reveal, { signal });
  // Pressing a hit must not take the focus out of the field.
  panel.addEventListener('mousedown', (event) => {
    if (event.target instanceof Element && event.target.closest('[role=option]')) event.preventDefault();
  }, { signal });
  if (closes) {
    host.addEventListener('focusout', (event) => {
      // A press on the panel's own scrollbar or text has no related target, and must leave the panel open.
      if (!(event.relatedTarget instanceof Node) ? !panel.matches(':hover') : !host.contains(event.relatedTarget)) close();
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
      // Letters may have been typed before this module came.
      if (input.value.trim() || root.activeElement === input) search();
      if (closes && root.activeElement !== input) close();
    },
  };

  /**
   * @param {State} state
   * @param {State} last
   * @param {Say} say
   */
  function paint(state, last, say) {
    const screen = screenOf(state);
    const renewed = screen !== screenOf(last) || ['found', 'problem', 'recent', 'stage'].some((what) => state[/** @type {'found'} */ (what)] !== last[/** @type {'found'} */ (what)]);
    if (renewed) panel.replaceChildren(...view(state, say, host));
    if (state.found !== last.found) panel.scrollTop = 0;
    const hidden = !state.open || screen === 'nothing';
    if (closes && panel.hidden && !hidden) align();
    if (renewed || hidden !== panel.hidden || state.query !== last.query) {
      panel.hidden = hidden;
      combobox.update();
    }
  }

  function search() {
    const query = input.value;
    if (query.trim()) return void asker.ask(query, limited(host), true);
    asker.stop();
    asker.set({ ...cleared(asker.state, recentOf(host)), open: true });
  }

  function reveal() {
    if (input.value.trim()) asker.set({ ...asker.state, open: true });
    else search();
  }

  function close() {
    asker.set({ ...asker.state, open: false });
  }

  /** A hit is about to be followed. */
  function leave() {
    remember(host, input.value);
    // First, because a dialog that closes gives the focus back, which may scroll.
    if (closes) close();
    else panel.closest('dialog')?.close();
  }

  function forget() {
    remember(host);
    input.focus();
    search();
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

  /** @returns {boolean} whether there was a form to take the words */
  function submit() {
    const form = host.querySelector('form');
    if (!form) return false;
    remember(host, input.value);
    const target = form.querySelector('input:not([type=hidden])');
    if (target instanceof HTMLInputElement) target.value = input.value;
    form.requestSubmit();
    return true;
  }

  /** @returns {boolean} false leaves the key to the dialog, which closes */
  function escape() {
    if (!closes) return false;
    if (!panel.hidden) close();
    else if (input.value !== '') {
      input.value = '';
      search();
      close();
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

/**
 * @param {HTMLElement} host
 * @returns {{ limit?: number }}
 */
export function limited(host) {
  const limit = Number(host.getAttribute('limit'));
  return limit > 0 ? { limit } : {};
}
