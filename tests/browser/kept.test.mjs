/** What was fetched is kept up to a number of bytes, and what was not used for longest goes first. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kept } from '../../www/src/kept.js';

const TEN_MB = 10 << 20;

test('the file that was used longest ago is let go first', () => {
  const kept = new Kept();
  const [first, second, third] = ['first', 'second', 'third'].map((name) => ({ name, bytes: new ArrayBuffer(TEN_MB) }));
  kept.put(first.name, first.bytes);
  kept.put(second.name, second.bytes);
  const used = kept.take('first');
  assert.equal(used, first.bytes);
  kept.put('first', used);
  kept.put(third.name, third.bytes);
  assert.equal(kept.take('second'), undefined);
  assert.equal(kept.take('first'), first.bytes);
  assert.equal(kept.take('third'), third.bytes);
  assert.equal(kept.take('third'), undefined);
});

test('a file that came twice counts once, and one that is too large for all is not kept', () => {
  const kept = new Kept();
  kept.put('small', new ArrayBuffer(8));
  for (let time = 0; time < 5; time++) kept.put('twice', new ArrayBuffer(TEN_MB));
  assert.equal(kept.take('small')?.byteLength, 8);
  kept.put('large', new ArrayBuffer(3 * TEN_MB));
  assert.equal(kept.take('large'), undefined);
});
