/** Brings the engine the files that it needs: side by side, each by one request however many wait for it. */
import { fetchFile } from './problem.js';

/** @typedef {import('../dist/glue/engine.js').Engine} Engine */
/** @typedef {{ askers: number, life: AbortController | undefined, done: Promise<unknown> }} Coming */

// The search that follows a cancelled one comes in a message of its own, and may want the same files.
const GRACE_MS = 50;

export class Files {
  #engine;
  #base;
  /** @type {Map<string, Coming>} */
  #coming = new Map();

  /**
   * @param {Engine} engine
   * @param {string} base
   */
  constructor(engine, base) {
    this.#engine = engine;
    this.#base = base;
  }

  /**
   * Hands files to the engine, as far as they can be had.
   *
   * @param {string[]} names
   * @param {AbortSignal} signal a file that nobody waits for any more is not fetched to its end
   * @returns {Promise<any[]>} for each file what went wrong, or nothing
   */
  bring(names, signal) {
    const all = names.map((name) => {
      const file = this.#coming.get(name) ?? this.#begin(name);
      file.askers += 1;
      signal.addEventListener('abort', () => setTimeout(() => {
        file.askers -= 1;
        if (file.askers || !file.life) return;
        file.life.abort();
        this.#forget(name, file);
      }, GRACE_MS));
      return file.done;
    });
    return Promise.all(all);
  }

  /** @param {string} name */
  #begin(name) {
    const life = new AbortController();
    /** @type {Coming} */
    const file = { askers: 0, life, done: Promise.resolve() };
    this.#coming.set(name, file);
    const read = async (/** @type {ArrayBuffer} */ bytes) => {
      // What came whole is taken in, wanted or not: the next search may need it.
      file.life = undefined;
      await this.#read(name, bytes);
    };
    file.done = fetchFile(new URL(name, this.#base), 'default', read, life.signal).catch((problem) => {
      // Traps of the engine, which have no code, are for those who wait.
      if (typeof problem.code !== 'string') throw problem;
      this.#engine.fail(name);
      return problem;
    }).finally(() => this.#forget(name, file));
    file.done.catch(() => {});
    return file;
  }

  /**
   * @param {string} name
   * @param {ArrayBuffer} bytes
   */
  async #read(name, bytes) {
    const reader = this.#engine.unseal(name, new Uint8Array(bytes)).getReader();
    for (;;) {
      // A payload that cannot be inflated ends early, which the engine will see by its length.
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (done) break;
      if (!this.#engine.inflated(name, value)) {
        reader.cancel();
        break;
      }
    }
    this.#engine.supply(name);
  }

  /**
   * @param {string} name
   * @param {Coming} file
   */
  #forget(name, file) {
    if (this.#coming.get(name) === file) this.#coming.delete(name);
  }
}
