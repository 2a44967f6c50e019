/** Brings the engine the files that it needs: side by side, each by one request however many wait for it. */
import { Kept } from './kept.js';
import { fetchFile } from './problem.js';

/** @typedef {import('../dist/glue/engine.js').Engine} Engine */
/** @typedef {{ askers: number, life: AbortController | undefined, done: Promise<unknown> }} Coming */

// The search that follows a cancelled one comes in a message of its own, and may want the same files.
const GRACE_MS = 50;

/**
 * @param {Engine} engine
 * @param {string[]} bases of the bundles, by number
 * @returns {(numbers: number[], signal: AbortSignal) => Promise<any[]>} hands files to the engine, as far as they can be had, by the
 *   numbers that the engine knows them by, and tells for each what went wrong, or nothing; a file that nobody waits for any more is
 *   not fetched to its end
 */
export function bringing(engine, bases) {
  /** @type {Map<number, Coming>} */
  const all = new Map();
  const kept = new Kept();

  return (numbers, signal) => Promise.all(numbers.map((number) => {
    const file = all.get(number) ?? begin(number);
    file.askers += 1;
    signal.addEventListener('abort', () => setTimeout(() => {
      file.askers -= 1;
      if (file.askers || !file.life) return;
      file.life.abort();
      forget(number, file);
    }, GRACE_MS));
    return file.done;
  }));

  /** @param {number} number */
  function begin(number) {
    const life = new AbortController();
    /** @type {Coming} */
    const file = { askers: 0, life, done: Promise.resolve() };
    all.set(number, file);
    const name = engine.name(number);
    const take = async (/** @type {ArrayBuffer} */ bytes) => {
      // What came whole is taken in, wanted or not: the next search may need it.
      file.life = undefined;
      await read(number, bytes);
      kept.put(name, bytes);
    };
    const bytes = kept.take(name);
    const done = bytes ? take(bytes) : fetchFile(new URL(name, bases[engine.bundle(number)]), 'default', take, life.signal);
    file.done = done.catch((problem) => {
      // Traps of the engine, which have no code, are for those who wait.
      if (typeof problem.code !== 'string') throw problem;
      engine.fail(number);
      return problem;
    }).finally(() => forget(number, file));
    file.done.catch(() => {});
    return file;
  }

  /**
   * @param {number} number
   * @param {ArrayBuffer} bytes
   */
  async function read(number, bytes) {
    const reader = engine.unseal(number, new Uint8Array(bytes)).getReader();
    for (;;) {
      // A payload that cannot be inflated ends early, which the engine will see by its length.
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (done) break;
      if (!engine.inflated(number, value)) {
        reader.cancel();
        break;
      }
    }
    engine.supply(number);
  }

  /**
   * @param {number} number
   * @param {Coming} file
   */
  function forget(number, file) {
    if (all.get(number) === file) all.delete(number);
  }
}
