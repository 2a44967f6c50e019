/** Filters, facets and order as the steps that the engine reads. */
import { Problem } from './problem.js';

/** @typedef {import('./contract.d.ts').SearchOptions} SearchOptions */

// What a step does, as crates/wasm/src/options.rs reads it.
const IS = 0;
const ANY = 1;
const ALL = 2;
const NOT = 3;
const RANGE = 4;
const FILTER = 5;
const FACET = 6;
const VALUES = 7;
const SORT = 8;

// Filters within filters deeper than this are no choice that a person made.
const DEEPEST = 16;

/**
 * Throws a problem with the code `options` when they make no sense.
 *
 * @param {SearchOptions} options
 * @returns {(string | number)[]} of each step what it does, its text, its number
 */
export function refining({ filters, facets, facetValues, sort }) {
  /** @type {(string | number)[]} */
  const steps = [];
  const add = (/** @type {number} */ what, /** @type {string} */ text, number = 0) => steps.push(what, text, number);

  for (const [key, filter] of Object.entries(filters ?? {})) {
    if (filter === undefined) continue;
    addFilter(filter, key, 0);
    add(FILTER, key);
  }
  for (const key of [facets ?? []].flat()) add(FACET, String(key));
  if (facetValues !== undefined) add(VALUES, '', Number(facetValues));
  for (const key of [sort ?? []].flat().join().split(',')) if (key) add(SORT, key.trim());
  return steps;

  /**
   * @param {unknown} filter
   * @param {string} key
   * @param {number} depth
   */
  function addFilter(filter, key, depth) {
    /** @param {string} what */
    const wrong = (what) => new Problem('options', `the filter of ${key} ${what}; give a value, a list of values, or { any, all, not, min, max }`);
    /** @param {unknown} list */
    const addAll = (list) => {
      if (!Array.isArray(list)) throw wrong('has no list');
      for (const each of list) addFilter(each, key, depth + 1);
      return list.length;
    };
    /** @param {unknown} value */
    const addValue = (value) => {
      if (!/^(string|number|boolean)$/.test(typeof value)) throw wrong(`has ${value} for a value`);
      // Whether a text is a number the engine tells, as it does of a query.
      add(IS, String(value), typeof value === 'number' ? value : NaN);
    };

    if (depth > DEEPEST) throw wrong('is too deep');
    if (Array.isArray(filter)) return add(ANY, '', addAll(filter));
    if (typeof filter !== 'object' || !filter) return addValue(filter);
    const { min, max, ...others } = /** @type {Record<string, unknown>} */ (filter);
    const bounds = [min, max].filter((bound) => bound !== undefined);
    let conditions = 0;
    for (const [name, value] of Object.entries(others)) {
      if (value === undefined) continue;
      const step = { any: ANY, all: ALL, not: NOT }[name];
      if (!step) throw wrong(`has ${name}`);
      add(step, '', addAll(step === NOT ? [value] : value));
      conditions += 1;
    }
    if (bounds.length || !conditions) {
      bounds.forEach(addValue);
      add(RANGE, '', (min === undefined ? 0 : 1) + (max === undefined ? 0 : 2));
      conditions += 1;
    }
    // A choice stays one, so that facets can tell.
    if (conditions > 1) add(ALL, '', conditions);
  }
}
