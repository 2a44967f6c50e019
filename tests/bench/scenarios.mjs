/** What is measured in the browser, one scenario after the other. */
import { setTimeout as wait } from 'node:timers/promises';
import { inPage, memory } from './chromium.mjs';
import { target } from './corpus.mjs';
import { AFTER_NAMED, NAMED } from './queries.mjs';
import { SLOW_4G } from './server.mjs';
import { spread, summary } from './statistics.mjs';

/** What an engine fetches in this time after its answer belongs to the answer. */
const SETTLED = 10_000;

/** How many visits are open at once where only bytes are counted: they share the wait. */
const TOGETHER = 32;

/** How often a named query is timed on the slow link. */
const ROUNDS = 3;

/** How many known items are timed on the slow link. */
const SLOW_ITEMS = 12;

/** After how many distinct queries memory is read. */
const DISTINCT = 1000;

/** How many queries are sent to the page at a time. */
const BATCH = 50;

/**
 * @typedef {{ browser: import('puppeteer-core').Browser, server: Awaited<ReturnType<import('./server.mjs').serve>> }} Lab
 * @typedef {{ kind: string, q: string, second: string }} Item
 * @typedef {{ bytes: number, requests: number, later: number, results: number, failures: number }} Cost
 */

/**
 * Bytes and requests to the first results and of the query after them, all from a cold cache.
 *
 * @param {Lab} lab
 * @param {import('./engines.mjs').Engine} engine
 * @param {Item[]} items
 * @returns {Promise<(Cost & { kind: string, q: string })[]>}
 */
export async function costs({ browser, server }, engine, items) {
  /** @type {(Cost & { kind: string, q: string })[]} */
  const found = [];
  const queue = items.map((item, place) => ({ ...item, place }));
  const one = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) {
      const { kind, q, second, place } = item;
      const visit = server.visit(engine.name);
      const cost = await inPage(browser, visit, async (page) => {
        const results = await page.evaluate(async (query) => (await globalThis.bench.first(query)).results.length, q);
        const { requests } = visit;
        await wait(SETTLED);
        const { bytes } = visit;
        await page.evaluate(async (query) => void await globalThis.bench.next(query), second);
        await wait(SETTLED);
        return { bytes, requests, later: visit.bytes - bytes, results, failures: visit.failures };
      });
      found[place] = { kind, q, ...cost };
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: TOGETHER }, one));
  // Thrown only now: visits that were still open would disturb what is measured next.
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return found;
}

/**
 * Time to the first results on the slow link.
 *
 * @param {Lab} lab
 * @param {import('./engines.mjs').Engine} engine
 * @param {Item[]} items
 */
export async function slow({ browser, server }, engine, items) {
  const time = (/** @type {string} */ q) =>
    inPage(browser, server.visit(engine.name, SLOW_4G), (page) =>
      page.evaluate(async (query) => (await globalThis.bench.first(query)).ms, q));
  if (engine.whole) {
    // All of it comes before the first answer, whatever is asked; and that can take minutes.
    const ms = await time(NAMED[0]);
    return { named: Object.fromEntries(NAMED.map((q) => [q, ms])), known: summary([ms]) };
  }
  /** @type {Record<string, number | undefined>} */
  const named = {};
  for (const q of NAMED) {
    const times = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await time(q));
    named[q] = summary(times).p50;
  }
  const times = [];
  for (const { q } of spread(items, SLOW_ITEMS)) times.push(await time(q));
  return { named, known: summary(times) };
}

/**
 * Two passes over all queries in one page on a fast link, with the memory that it holds on the way.
 *
 * @param {Lab} lab
 * @param {import('./engines.mjs').Engine} engine
 * @param {{ q: string, target?: string }[]} queries
 */
export async function passes({ browser, server }, engine, queries) {
  const visit = server.visit(engine.name);
  return inPage(browser, visit, async (page) => {
    // Opening is not part of any query's latency.
    const opened = await page.evaluate(async (query) => (await globalThis.bench.first(query)).ms, AFTER_NAMED);
    const seen = new Set();
    /** @type {Awaited<ReturnType<typeof memory>> & { queries: number } | undefined} */
    let held;
    const pass = async () => {
      /** @type {number[]} */
      const times = [];
      let hits = 0;
      for (let at = 0; at < queries.length; at += BATCH) {
        const batch = queries.slice(at, at + BATCH);
        const answers = await page.evaluate((list) => globalThis.bench.pass(list), batch.map(({ q }) => q));
        answers.forEach(({ ms, urls }, place) => {
          times.push(ms);
          const wanted = batch[place].target;
          if (wanted !== undefined && urls.some((url) => target(url) === wanted)) hits++;
        });
        for (const { q } of batch) seen.add(q);
        if (seen.size >= DISTINCT) held ??= { ...await memory(page), queries: seen.size };
      }
      return { times, hits };
    };
    const first = await pass();
    held ??= { ...await memory(page), queries: seen.size };
    const second = await pass();
    return {
      opened,
      first: summary(first.times),
      second: summary(second.times),
      found: queries.length ? first.hits / queries.length : undefined,
      memory: held,
      failures: visit.failures,
    };
  });
}
