/** A page of results at work: what it shows is what the address says. */
import { limited } from './popup.js';
import { patch } from './patch.js';
import { remember } from './recent.js';
import { resultsView } from './results.js';
import { cleared, screenOf } from './state.js';

/** @typedef {import('../contract.d.ts').Place} Place */
/** @typedef {import('../contract.d.ts').Part} Part */
/** @typedef {import('../contract.d.ts').Filter} Filter */
/** @typedef {import('./ask.js').Asker} Asker */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

// Hits of a page, unless `limit` says otherwise.
const USUAL_LIMIT = 10;

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
  const [filters, ranges, sorts] = [listed(host, 'filters'), listed(host, 'ranges'), listed(host, 'sort')];
  const bounds = ranges.flatMap(({ key }) => ['min', 'max'].map((bound) => `${key.split(':')[0]}.${bound}`));
  const names = [input.name, 'sort', 'page', ...filters.map(({ key }) => key), ...bounds];
  let params = new URLSearchParams(location.search);
  /** What to go back to once hits are there. @type {{ id?: string, y?: number } | undefined} */
  let place = history.state?.searchlet;

  form.addEventListener('input', (event) => {
    if (event.target === input) choose(false);
  }, { signal });
  form.addEventListener('change', (event) => {
    if (event.target !== input) choose(true);
  }, { signal });
  form.addEventListener('submit', () => {
    remember(host, input.value);
    choose(true);
  }, { signal });
  addEventListener('popstate', () => {
    params = new URLSearchParams(location.search);
    place = history.state?.searchlet;
    fill(true);
    search();
  }, { signal });
  // Who follows a hit may come back.
  addEventListener('pagehide', note, { signal });

  return {
    paint,
    leave: () => remember(host, input.value),
    acts: { more, reset },
    begin() {
      // Letters may have been typed before this module came.
      if (root.activeElement === input && input.value) return choose(false);
      fill(true);
      search();
    },
  };

  /**
   * @param {State} state
   * @param {State} last
   * @param {Say} say
   */
  function paint(state, last, say) {
    const first = !panel.firstChild;
    const nodes = resultsView(state, say, host, { filters, ranges, sorts }, params);
    panel.hidden = screenOf(state) === 'nothing';
    patch(panel, nodes);
    const narrow = /** @type {HTMLDetailsElement | null} */ (panel.querySelector('.filters'));
    if (first && narrow) narrow.open = panel.clientWidth > 720;
    fill(false);
    if (!place || !state.found || state.found === last.found) return;
    if (place.id) root.getElementById(place.id)?.focus({ preventScroll: place.y !== undefined });
    if (place.y) scrollTo(0, place.y);
    place = undefined;
  }

  /**
   * Has the controls say what the address says.
   *
   * @param {boolean} all even that in which the reader is typing
   */
  function fill(all) {
    for (const control of form.elements) {
      if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = params.getAll(control.name).includes(control.value);
      else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
        if (all || control !== root.activeElement) control.value = params.get(control.name) ?? '';
      }
    }
  }

  /** @param {boolean} stop whether Back leads to what was before */
  function choose(stop) {
    const chosen = new URLSearchParams(location.search);
    for (const name of names) chosen.delete(name);
    for (const [name, value] of new FormData(form)) if (value) chosen.append(name, String(value));
    go(chosen, stop);
  }

  /**
   * @param {URLSearchParams} next
   * @param {boolean} stop
   */
  function go(next, stop) {
    if (stop) note();
    params = next;
    const address = `${location.pathname}${next.size ? '?' : ''}${next}${location.hash}`;
    if (stop) history.pushState(null, '', address);
    else history.replaceState(history.state, '', address);
    search();
  }

  /** Notes in the history where the reader is. */
  function note() {
    history.replaceState({ ...history.state, searchlet: { y: scrollY, id: root.activeElement?.id } }, '');
  }

  function more() {
    place = { id: `hit-${asker.state.found?.hits.length}` };
    const next = new URLSearchParams(params);
    next.set('page', String(pages() + 1));
    go(next, false);
  }

  function reset() {
    place = { id: 'count' };
    const next = new URLSearchParams(params);
    for (const { key } of filters) next.delete(key);
    for (const bound of bounds) next.delete(bound);
    go(next, true);
    fill(true);
  }

  function pages() {
    return Math.max(1, Math.floor(Number(params.get('page')) || 1));
  }

  function search() {
    const query = params.get(input.name) ?? '';
    const sort = params.get('sort');
    /** @type {Record<string, Filter>} */
    const chosen = {};
    for (const { key } of filters) if (params.has(key)) chosen[key] = params.getAll(key);
    for (const { key } of ranges) {
      const [name = ''] = key.split(':');
      const [min, max] = [params.get(`${name}.min`), params.get(`${name}.max`)];
      if (min || max) chosen[name] = { ...(min && { min }), ...(max && { max }) };
    }
    if (query.trim() || sort || Object.keys(chosen).length) {
      const limit = (limited(host).limit ?? USUAL_LIMIT) * pages();
      void asker.ask(query, { limit, filters: chosen, facets: filters.map(({ key }) => key), ...(sort && { sort }) }, false);
    } else {
      asker.stop();
      asker.set(cleared(asker.state, []));
    }
  }
}

/**
 * @param {HTMLElement} host
 * @param {string} attribute
 */
function listed(host, attribute) {
  return (host.getAttribute(attribute) ?? '').split(',').filter((entry) => entry.trim()).map((entry) => {
    const [key = '', label = key] = entry.trim().split('=');
    return { key, label };
  });
}
