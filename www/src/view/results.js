/** The view of a page of results: a pure function from a state to nodes. */
import { element } from '../element.js';
import { custom, missing, passagesOf, segments } from './hit.js';
import { button, message, notes } from './notes.js';

/** @typedef {import('../contract.d.ts').Host} Host */
/** @typedef {import('../contract.d.ts').Hit} Hit */
/** @typedef {import('../contract.d.ts').Passage} Passage */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./strings.js').Say} Say */

/** A key of the metadata, with the word for it. @typedef {{ key: string, label: string }} Key */
/** @typedef {{ filters: Key[], ranges: Key[], sorts: Key[] }} Keys */

// Of a filter so many values are in sight at once.
const MOST_VALUES = 8;

/**
 * @param {State} state
 * @param {Say} say
 * @param {Host} host
 * @param {Keys} keys
 * @param {URLSearchParams} params what the reader has chosen
 * @returns {Node[]}
 */
export function resultsView(state, say, host, { filters, ranges, sorts }, params) {
  const { found } = state;
  const count = found && Math.max(found.total, found.hits.length);
  const more = found && found.hits.length < found.total;
  return [
    ...(filters.length + ranges.length ? [element(
      'details',
      { part: 'filters', id: 'filters', open: true },
      element('summary', {}, say('filters')),
      ...filters.map((key) => choices(key, found?.facets?.[key.key] ?? [], params.getAll(key.key), say)),
      ...ranges.map((key) => range(key, say)),
      button('reset', say('reset')),
    )] : []),
    element(
      'div',
      { part: 'found', id: 'found' },
      element(
        'div',
        { part: 'bar', id: 'bar' },
        element('h2', { part: 'count', id: 'count', tabindex: '-1' }, count ? say(found.query.trim() ? 'counted' : 'count', { count, query: found.query }) : ''),
        sorts.length ? element('label', { part: 'sort', id: 'sort' }, say('sort'), element(
          'select',
          { name: 'sort' },
          element('option', { value: '' }, say('relevance')),
          ...sorts.map(({ key, label }) => {
            const [name = '', way] = key.split(':');
            return element('option', { value: key }, label === key ? say(way === 'desc' ? 'descending' : 'ascending', { key: titled(name) }) : label);
          }),
        )) : '',
      ),
      element('div', { id: 'notes' }, ...notes(state, say), ...message(state, say)),
      element('ol', { role: 'list', part: 'list', id: 'hits', 'aria-label': say('hits') }, ...(found?.hits ?? []).map((hit, number) => item(hit, number, say, host))),
      more ? button('more', say('more')) : '',
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
function choices({ key, label }, counted, chosen, say) {
  const known = counted.map(({ value }) => String(value));
  const boxes = [...counted, ...chosen.filter((value) => !known.includes(value)).map((value) => ({ value, count: 0 }))].map(({ value, count }) => element(
    'label',
    { part: 'choice' },
    element('input', { type: 'checkbox', name: key, value: String(value) }),
    element('span', {}, String(value)),
    element('span', { part: 'number' }, say.number(count)),
  ));
  const rest = boxes.splice(MOST_VALUES);
  return element(
    'fieldset',
    { part: 'filter', id: `filter-${key}` },
    element('legend', {}, titled(label)),
    element('div', { id: `values-${key}` }, ...boxes),
    rest.length ? element('details', { id: `rest-${key}` }, element('summary', {}, say('moreValues')), ...rest) : '',
  );
}

/**
 * @param {Key} key with `:date` where values are dates
 * @param {Say} say
 */
function range({ key, label }, say) {
  const [name, type = 'number'] = key.split(':');
  return element(
    'fieldset',
    { part: 'filter', id: `filter-${name}` },
    element('legend', {}, titled(label)),
    ...[['min', say('from')], ['max', say('to')]].map(([bound, word]) => (
      element('label', { part: 'bound' }, word ?? '', element('input', { type, name: `${name}.${bound}`, step: 'any' }))
    )),
  );
}

/** @param {string} key */
function titled(key) {
  return key.replace(/^./u, (letter) => letter.toUpperCase()).replace(/:.*/, '');
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
  const made = custom(hit, host);
  return element('li', { part: 'hit', 'data-hit': String(number) }, ...(made ? [made] : [
    element('h3', { part: 'title' }, link(hit, `hit-${number}`)),
    element('p', { part: 'excerpt' }, ...segments(hit.excerpt)),
    ...missing(hit, say),
    element('ul', { role: 'list', part: 'passages' }, ...passagesOf(hit).map((passage, below) => element(
      'li',
      { part: 'passage' },
      link(passage, `hit-${number}-${below}`),
      element('p', { part: 'excerpt' }, ...segments(passage.excerpt)),
    ))),
  ]));
}
