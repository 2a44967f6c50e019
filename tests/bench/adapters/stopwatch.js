/** What every adapter does with its engine: the first answer, the next one, many with the time of each. */

/** @typedef {{ url: string, title: string, excerpt: string }} Result */

/**
 * Leaves on the page what the driver calls.
 *
 * @param {() => Promise<(query: string) => Promise<Result[]>>} open fetches all that a first search needs
 */
export function expose(open) {
  /** @type {(query: string) => Promise<Result[]>} */
  let search;
  globalThis.bench = {
    /**
     * Opens the engine, and asks it. The clock starts before anything of the engine was asked for.
     * @param {string} query
     */
    async first(query) {
      const from = performance.now();
      search = await open();
      const results = await search(query);
      return { ms: performance.now() - from, results };
    },
    /** @param {string} query */
    async next(query) {
      const from = performance.now();
      const results = await search(query);
      return { ms: performance.now() - from, results };
    },
    /**
     * One after the other, and where the answer led.
     * @param {string[]} queries
     */
    async pass(queries) {
      const answers = [];
      for (const query of queries) {
        const { ms, results } = await globalThis.bench.next(query);
        answers.push({ ms, urls: results.map((result) => result.url) });
      }
      return answers;
    },
  };
}
