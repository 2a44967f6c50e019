/** The table and the sentences below it, from figures made up. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chart } from './chart.mjs';
import { page } from './report.mjs';
import { losses, table } from './table.mjs';

/** @param {string} name @param {number} seconds @param {number} bytes */
const engine = (name, seconds, bytes) => ({
  name,
  title: name.toUpperCase(),
  version: '1',
  build: { seconds, peak: undefined, bytes: 2e6, files: 1200 },
  costs: [{ kind: 'named', q: 'array map', bytes, requests: 3, later: 0, failures: 0 }],
});
const run = {
  name: 'a <corpus>',
  date: '2026-01-01',
  machine: { processor: '2 × made up', memory: '4 GB', system: 'none', node: 'v20', chromium: 'none' },
  maxFiles: undefined,
  items: 0,
  queries: 0,
  engines: [engine('ours', 1, 50_000), engine('pagefind', 4, 40_000), { name: 'broken', title: 'BROKEN', failed: ['indexing: no'] }],
};

test('each figure stands beside its ratio to the yardstick', () => {
  const rows = table(run).split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const row = (/** @type {string} */ label) => rows.find((cells) => cells[1] === label)?.slice(2, 5);
  assert.deepEqual(row('index time'), ['1.00 s (×0.25)', '4.00 s', '–']);
  assert.deepEqual(row('bundle files'), ['1,200 (×1.00)', '1,200', '–']);
  assert.deepEqual(row('first results, `array map`'), ['50.0 kB (×1.25)', '40.0 kB', '–']);
  // What nobody measured has no row.
  assert.equal(row('index peak memory'), undefined);
});

test('what is lost is said, and only that', () => {
  assert.deepEqual(losses(run), ['first results, `array map`: 50.0 kB, against PAGEFIND 40.0 kB']);
});

test('the page names what failed, the chart holds no markup from names', () => {
  assert.match(page([run]), /- BROKEN, indexing: no/);
  assert.match(chart([run]), /a &#60;corpus&#62;/);
});
