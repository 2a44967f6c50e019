/** The view of a page of results: a pure function from a state to nodes. */
import { custom, missing, passagesOf, segments } from './hit.js';
import { element } from './lent.js';
import { button, notes } from './notes.js';
import { countOf } from './state.js';

/** @typedef {import('../contract.d.ts').Host} Host */
/** @typedef {import('../contract.d.ts').Hit} Hit */
/** @typedef {import('../contract.d.ts').Passage} Passage */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

/** A key of the metadata, what stands behind its colon, the word for it. @typedef {{ key: string, kind: string | undefined, label: string | undefined }} Key */

// Of a filter so many values are in sight at once.
const MOST_VALUES = 8;

/**
 * @param {State} state
 * @param {Say} say
 * @param {Host} host
 * @param {Key[]} filters
 * @param {Key[]} ranges
 * @param {Key[]} sorts
 * @param {URLSearchParams} params what the reader has chosen
 * @returns {Node[]}
 */
export function resultsView(state, say, host, filters, ranges, sorts, params) {
  const { found } = state;
  const hits = found?.hits ?? [];
  return [
    filters.length + ranges.length ? element(
      'details',
      { part: 'filters', id: 'filters' },
      element('summary', {}, say('filters')),
      ...filters.map((key) => choices(key, found?.facets?.[key.key] ?? [], params.getAll(key.key), say)),
      ...ranges.map((key) => filter(key, .../** @type {[string, string][]} */ ([['min', say('from')], ['max', say('to')]]).map(([bound, word]) => (
        element('label', { part: 'bound' }, word, element('input', { type: key.kind ?? 'number', name: `${key.key}.${bound}`, step: 'any' }))
      )))),
      button('reset', say('reset')),
    ) : element('slot', {}),
    element(
      'div',
      { part: 'found', id: 'found' },
      element(
        'div',
        { part: 'bar', id: 'bar' },
        element('h2', { part: 'count', id: 'count', tabindex: '-1' }, hits.length ? say(found?.query.trim() ? 'counted' : 'count', { ...found, count: found && countOf(found) }) : ''),
        sorts.length ? element('label', { part: 'sort', id: 'sort' }, say('sort'), element(
          'select',
          { name: 'sort' },
          element('option', { value: '' }, say('relevance')),
          ...sorts.map(({ key, kind, label }) => element(
            'option',
            { value: kind ? `${key}:${kind}` : key },
            label ?? say(kind === 'desc' ? 'descending' : 'ascending', { key: titled(key) }),
          )),
        )) : '',
      ),
      element('div', { id: 'notes' }, ...notes(state, say)),
      element('ol', { role: 'list', part: 'list', id: 'hits' }, ...hits.map((hit, number) => item(hit, number, say, host))),
      found && hits.length < found.total ? button('more', say('more')) : '',
      element('slot', { name: 'footer' }),
    ),
  ];
}

/**
 * @param {Key} key
 * @param {{ value: string | number, count: number }[]} counted
 * @param {string[]} chosen
 * @param {Say} say
 */
function choices(key, counted, chosen, say) {
  const counts = new Map(counted.map(({ value, count }) => [String(value), count]));
  // A value that no document has any more can still be given up.
  for (const value of chosen) if (!counts.has(value)) counts.set(value, 0);
  const boxes = [...counts].map(([value, count]) => element(
    'label',
    { part: 'choice' },
    element('input', { type: 'checkbox', name: key.key, value }),
    element('span', {}, value),
    element('span', { part: 'number' }, say.number(count)),
  ));
  const rest = boxes.splice(MOST_VALUES);
  return filter(
    key,
    element('div', { id: `values-${key.key}` }, ...boxes),
    rest.length ? element('details', { id: `rest-${key.key}` }, element('summary', {}, say('moreValues')), ...rest) : '',
  );
}

/**
 * @param {Key} key
 * @param {(Node | string)[]} children
 */
function filter({ key, label = titled(key) }, ...children) {
  return element('fieldset', { part: 'filter', id: `filter-${key}` }, element('legend', {}, label), ...children);
}

/** @param {string} key */
function titled(key) {
  return key.replace(/^\p{CWT}/u, (letter) => letter.toUpperCase());
}

/**
 * @param {Hit} hit
 * @param {number} number
 * @param {Say} say
 * @param {Host} host
 */
function item(hit, number, say, host) {
  /**
   * @param {Hit | Passage} place
   * @param {string} id
   */
  const link = ({ title, href }, id) => element('a', { part: 'link', id, href: href || undefined }, title);
  /** @param {Hit | Passage} place */
  const excerpt = (place) => element('p', { part: 'excerpt' }, ...segments(place.excerpt));
  const made = custom(hit, host);
  return element('li', { part: 'hit', 'data-hit': String(number) }, ...(made ? [made] : [
    element('h3', { part: 'title' }, link(hit, `hit-${number}`)),
    excerpt(hit),
    missing(hit, say),
    element('ul', { role: 'list', part: 'passages' }, ...passagesOf(hit).map((passage, below) => (
      element('li', { part: 'passage' }, link(passage, `hit-${number}-${below}`), excerpt(passage))
    ))),
  ]));
}
