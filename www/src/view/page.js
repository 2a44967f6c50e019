/** A page of results at work: what it shows is what the address says. */
import { patch } from './patch.js';
import { limitOf } from './popup.js';
import { remember } from './recent.js';
import { resultsView } from './results.js';
import { initial, screenOf } from './state.js';

/** @typedef {import('../contract.d.ts').Place} Place */
/** @typedef {import('../contract.d.ts').Part} Part */
/** @typedef {import('../contract.d.ts').Filter} Filter */
/** @typedef {import('./ask.js').Asker} Asker */
/** @typedef {import('./results.js').Key} Key */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

// Hits of a page, unless `limit` says otherwise.
const USUAL_LIMIT = 10;

// From this width on filters stand beside the hits; the style sheet says the same.
const WIDE_PX = 720;

/**
 * Attributes: `filters`, `ranges` and `sort` list keys of the metadata, each of which may have a label: `kind=Kind of page,
 * tags`. A key of `ranges` may end with `:date`, one of `sort` with `:desc`.
 *
 * @param {Place} place
 * @param {Asker} asker
 * @returns {Part}
 */
export function page({ host, root, input, panel, signal }, asker) {
  const form = /** @type {HTMLFormElement} */ (input.form);
  const [filters, ranges, sorts] = /** @type {[Key[], Key[], Key[]]} */ (['filters', 'ranges', 'sort'].map((name) => listed(host.getAttribute(name))));
  const read = () => new URLSearchParams(location.search);
  let params = read();
  /** Where to go once hits are there. @type {{ id?: string, y?: number } | undefined} */
  let goal = history.state?.searchlet;
  /** The address that the reader last decided for; letters change it meanwhile. */
  let settled = location.href;

  form.addEventListener('input', ({ target }) => {
    if (target === input) choose(false);
  }, { signal });
  form.addEventListener('change', ({ target }) => {
    if (target !== input) choose(true);
  }, { signal });
  form.addEventListener('submit', () => {
    leave();
    const typed = location.href !== settled;
    // Back leads to what was there before the first letter.
    if (typed) history.replaceState(history.state, '', settled);
    choose(typed);
  }, { signal });
  addEventListener('popstate', () => {
    params = read();
    settled = location.href;
    goal = history.state?.searchlet;
    fill(true);
    search();
  }, { signal });
  // Who follows a hit may come back.
  addEventListener('pagehide', note, { signal });

  return {
    paint,
    leave,
    acts: { more, reset },
    begin() {
      // Letters may have been typed before this module came.
      if (input.value !== input.defaultValue) return choose(false);
      fill(true);
      search();
    },
  };

  function leave() {
    remember(host, input.value);
  }

  /**
   * @param {State} state
   * @param {State} last
   * @param {Say} say
   */
  function paint(state, last, say) {
    const first = !panel.firstChild;
    patch(panel, resultsView(state, say, host, filters, ranges, sorts, params));
    panel.hidden = screenOf(state) === 'nothing';
    if (first) panel.querySelector('.filters')?.toggleAttribute('open', host.clientWidth >= WIDE_PX);
    fill(false);
    if (!goal || !state.found || state.found === last.found) return;
    // Who has turned to the field since coming back is not called away.
    if (goal.y === undefined || root.activeElement !== input) {
      root.getElementById(goal.id ?? '')?.focus({ preventScroll: goal.y !== undefined });
      if (goal.y) scrollTo(0, goal.y);
    }
    goal = undefined;
  }

  /**
   * Has the controls say what the address says.
   *
   * @param {boolean} all even that in which the reader is typing
   */
  function fill(all) {
    for (const control of /** @type {Iterable<HTMLInputElement>} */ (form.elements)) {
      if (control.type === 'checkbox') control.checked = params.getAll(control.name).includes(control.value);
      else if (control.name && (all || control !== root.activeElement)) control.value = params.get(control.name) ?? '';
    }
  }

  /** @param {boolean} lasting whether Back leads to what was before */
  function choose(lasting) {
    goal = undefined;
    const next = cleared(() => true);
    for (const [name, value] of new FormData(form)) if (value) next.append(name, String(value));
    go(next, lasting);
  }

  /**
   * What the address says, without what some controls say, and again from the first page.
   *
   * @param {(control: HTMLInputElement) => boolean} which
   */
  function cleared(which) {
    const next = read();
    next.delete('page');
    for (const control of /** @type {Iterable<HTMLInputElement>} */ (form.elements)) if (which(control)) next.delete(control.name);
    return next;
  }

  /**
   * @param {URLSearchParams} next
   * @param {boolean} lasting
   */
  function go(next, lasting) {
    params = next;
    if (lasting) note();
    const url = new URL(location.href);
    url.search = String(next);
    history[lasting ? 'pushState' : 'replaceState'](lasting ? null : history.state, '', url);
    if (lasting) settled = url.href;
    search();
  }

  /** Notes in the history where the reader is. */
  function note() {
    history.replaceState({ ...history.state, searchlet: { y: scrollY, id: root.activeElement?.id } }, '');
  }

  function more() {
    goal = { id: `hit-${asker.state.found?.hits.length}` };
    const next = read();
    next.set('page', String(pages() + 1));
    go(next, false);
  }

  function reset() {
    goal = { id: 'count' };
    go(cleared(({ name }) => name !== input.name && name !== 'sort'), true);
    fill(true);
  }

  function pages() {
    return Math.max(1, Math.floor(Number(params.get('page'))) || 1);
  }

  function search() {
    const query = params.get(input.name) ?? '';
    const sort = params.get('sort') ?? '';
    const facets = filters.map(({ key }) => key);
    /** @type {Record<string, Filter>} */
    const chosen = {};
    for (const key of facets) if (params.has(key)) chosen[key] = params.getAll(key);
    for (const { key } of ranges) {
      const [min, max] = ['min', 'max'].map((bound) => params.get(`${key}.${bound}`) || undefined);
      if (min || max) chosen[key] = { min, max };
    }
    if (query.trim() || sort || Object.keys(chosen).length) {
      void asker.ask(query, { limit: (limitOf(host) ?? USUAL_LIMIT) * pages(), filters: chosen, facets, sort }, false);
    } else {
      asker.stop();
      asker.set(initial);
    }
  }
}

/**
 * @param {string | null} attribute
 * @returns {Key[]}
 */
function listed(attribute) {
  return [...(attribute ?? '').matchAll(/([^\s,:=][^,:=]*)(?::(\w+))?(?:=([^,]*))?/g)].map(([, key = '', kind, label]) => ({ key, kind, label }));
}
