/** Filters, facets and order as the steps that the engine reads. */
import { Problem } from './problem.js';

/** @typedef {import('./contract.d.ts').SearchOptions} SearchOptions */
/** @typedef {[what: number, text: string, number: number][]} Steps */

// What a step does, as crates/wasm/src/options.rs reads it.
const [IS, ANY, ALL, NOT, RANGE, FILTER, FACET, VALUES, SORT] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

// Filters within filters deeper than this are no choice that a person made.
const DEEPEST = 16;

/**
 * Throws a problem with the code `options` when they make no sense.
 *
 * @param {SearchOptions} options
 * @returns {(string | number)[]}
 */
export function refining({ filters = {}, facets = [], facetValues, sort = [] }) {
  /** @type {Steps} */
  const steps = [];
  for (const [key, filter] of Object.entries(filters)) {
    if (filter === undefined) continue;
    addFilter(filter, key, steps, 0);
    steps.push([FILTER, key, 0]);
  }
  for (const key of facets) steps.push([FACET, String(key), 0]);
  if (facetValues !== undefined) steps.push([VALUES, '', Number(facetValues)]);
  const keys = Array.isArray(sort) ? sort : sort.split(',');
  for (const key of keys) if (key) steps.push([SORT, key.trim(), 0]);
  return steps.flat();
}

/**
 * @param {unknown} filter
 * @param {string} key
 * @param {Steps} steps
 * @param {number} depth
 */
function addFilter(filter, key, steps, depth) {
  if (depth > DEEPEST) throw wrong(key, 'is too deep');
  /** @param {unknown} list */
  const addAll = (list) => {
    if (!Array.isArray(list)) throw wrong(key, 'has no list');
    for (const each of list) addFilter(each, key, steps, depth + 1);
    return list.length;
  };
  if (Array.isArray(filter)) return void steps.push([ANY, '', addAll(filter)]);
  if (typeof filter !== 'object' || !filter) return addValue(filter, key, steps);
  const { min, max, ...others } = /** @type {Record<string, unknown>} */ (filter);
  const bounds = [min, max].filter((bound) => bound !== undefined);
  let conditions = 0;
  for (const [name, value] of Object.entries(others)) {
    if (value === undefined) continue;
    const step = { any: ANY, all: ALL, not: NOT }[name];
    if (!step) throw wrong(key, `has ${name}`);
    steps.push([step, '', addAll(step === NOT ? [value] : value)]);
    conditions += 1;
  }
  if (bounds.length || !conditions) {
    for (const bound of bounds) addValue(bound, key, steps);
    steps.push([RANGE, '', (min === undefined ? 0 : 1) + (max === undefined ? 0 : 2)]);
    conditions += 1;
  }
  // A choice stays one, so that facets can tell.
  if (conditions > 1) steps.push([ALL, '', conditions]);
}

/**
 * @param {unknown} value
 * @param {string} key
 * @param {Steps} steps
 */
function addValue(value, key, steps) {
  if (!['string', 'number', 'boolean'].includes(typeof value)) throw wrong(key, `has ${value} for a value`);
  // Whether a text is a number the engine tells, as it does of a query.
  steps.push([IS, String(value), typeof value === 'number' ? value : NaN]);
}

/**
 * @param {string} key
 * @param {string} what
 */
function wrong(key, what) {
  return new Problem('options', `the filter of ${key} ${what}; give a value, a list of values, or { any, all, not, min, max }`);
}
