/** Quantiles and samples, by examples that can be counted on fingers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantile, sample, spread, summary } from './statistics.mjs';

test('a quantile is a value that was measured', () => {
  const values = [50, 10, 40, 20, 30];
  assert.equal(quantile(values, 0.5), 30);
  assert.equal(quantile(values, 0.95), 50);
  assert.equal(quantile(values, 0), 10);
  assert.equal(quantile([7], 0.5), 7);
  assert.equal(quantile([], 0.5), undefined);
  assert.deepEqual(values, [50, 10, 40, 20, 30]);
});

test('numbers are put in the order of numbers', () => {
  assert.deepEqual(summary([10, 9, 100, 1]), { count: 4, p50: 9, p95: 100, p99: 100 });
});

test('a spread takes both ends alike', () => {
  assert.deepEqual(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 2), [2, 7]);
  assert.deepEqual(spread([1, 2], 5), [1, 2]);
});

test('a sample has as many of each kind, and a second query that is another', () => {
  const items = ['a', 'b'].flatMap((kind) => Array.from({ length: kind === 'a' ? 100 : 9 }, (_, n) => ({ kind, q: `${kind}${n}` })));
  const chosen = sample(items, 8);
  assert.deepEqual(chosen.map(({ kind }) => kind), ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b']);
  for (const { kind, q, second } of chosen) {
    assert.notEqual(q, second);
    assert.equal(second[0], kind);
  }
});
