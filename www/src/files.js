/** Brings the engine the files that it needs: side by side, each by one request however many wait for it. */
import { Kept } from './kept.js';
import { fetchFile } from './problem.js';

/** @typedef {import('../dist/glue/engine.js').Engine} Engine */
/** @typedef {{ askers: number, life: AbortController | undefined, done: Promise<unknown> }} Coming */

// The search that follows a cancelled one comes in a message of its own, and may want the same files.
const GRACE_MS = 50;

export class Files {
  #engine;
  #bases;
  /** @type {Map<number, Coming>} */
  #coming = new Map();
  #kept = new Kept();

  /**
   * @param {Engine} engine
   * @param {string[]} bases of the bundles, by number
   */
  constructor(engine, bases) {
    this.#engine = engine;
    this.#bases = bases;
  }

  /**
   * Hands files to the engine, as far as they can be had.
   *
   * @param {number[]} numbers as the engine knows the files
   * @param {AbortSignal} signal a file that nobody waits for any more is not fetched to its end
   * @returns {Promise<any[]>} for each file what went wrong, or nothing
   */
  bring(numbers, signal) {
    const all = numbers.map((number) => {
      const file = this.#coming.get(number) ?? this.#begin(number);
      file.askers += 1;
      signal.addEventListener('abort', () => setTimeout(() => {
        file.askers -= 1;
        if (file.askers || !file.life) return;
        file.life.abort();
        this.#forget(number, file);
      }, GRACE_MS));
      return file.done;
    });
    return Promise.all(all);
  }

  /** @param {number} number */
  #begin(number) {
    const life = new AbortController();
    /** @type {Coming} */
    const file = { askers: 0, life, done: Promise.resolve() };
    this.#coming.set(number, file);
    const name = this.#engine.name(number);
    const read = async (/** @type {ArrayBuffer} */ bytes) => {
      // What came whole is taken in, wanted or not: the next search may need it.
      file.life = undefined;
      await this.#read(number, bytes);
      this.#kept.put(name, bytes);
    };
    const kept = this.#kept.take(name);
    const done = kept ? read(kept) : fetchFile(new URL(name, this.#bases[this.#engine.bundle(number)]), 'default', read, life.signal);
    file.done = done.catch((problem) => {
      // Traps of the engine, which have no code, are for those who wait.
      if (typeof problem.code !== 'string') throw problem;
      this.#engine.fail(number);
      return problem;
    }).finally(() => this.#forget(number, file));
    file.done.catch(() => {});
    return file;
  }

  /**
   * @param {number} number
   * @param {ArrayBuffer} bytes
   */
  async #read(number, bytes) {
    const reader = this.#engine.unseal(number, new Uint8Array(bytes)).getReader();
    for (;;) {
      // A payload that cannot be inflated ends early, which the engine will see by its length.
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (done) break;
      if (!this.#engine.inflated(number, value)) {
        reader.cancel();
        break;
      }
    }
    this.#engine.supply(number);
  }

  /**
   * @param {number} number
   * @param {Coming} file
   */
  #forget(number, file) {
    if (this.#coming.get(number) === file) this.#coming.delete(number);
  }
}
