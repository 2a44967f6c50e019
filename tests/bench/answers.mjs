/** What each engine answers in Chromium, as JSON lines on standard output: `cargo xtask eval` judges it. */
import { join, resolve } from 'node:path';
import { argv, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { buildSite, furnish } from './build.mjs';
import { inPage, startChromium } from './chromium.mjs';
import { asPages, isRecords } from './corpus.mjs';
import { ENGINES, enginesOf, version } from './engines.mjs';
import { knownItems } from './queries.mjs';
import { serve } from './server.mjs';

/** How many queries are sent to the page at a time. */
const BATCH = 50;

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  allowPositionals: true,
  options: {
    /** The folder in which `sites/searchlet/searchlet` is the bundle that was searched natively. */
    work: { type: 'string', default: 'eval' },
    /** What Searchlet is asked, and what the peers are asked. */
    queries: { type: 'string', default: '' },
    sample: { type: 'string', default: '' },
    peers: { type: 'string', default: '' },
    language: { type: 'string', default: 'en' },
  },
});
const { language } = values;
const corpus = resolve(positionals[0]);
const work = resolve(values.work);
const sites = join(work, 'sites');
const [ours] = ENGINES;
const chosen = enginesOf(values.peers);

/** @type {Map<string, string>} */
const failed = new Map();
await furnish(ours, join(sites, ours.name), language);
if (chosen.length > 1) {
  const pages = await asPages(corpus, join(work, 'pages'), language);
  const readable = await isRecords(corpus) ? corpus : pages;
  for (const engine of chosen.slice(1)) {
    await attempt(engine, 'indexing', () => buildSite(engine, { corpus, pages, readable, language }, join(sites, engine.name)));
  }
}

const server = await serve(sites);
const browser = await startChromium();
try {
  for (const engine of chosen) {
    const list = (await knownItems(engine === ours ? values.queries : values.sample)).map(({ q }) => q);
    const answers = failed.has(engine.name) ? undefined : await attempt(engine, `${list.length} queries`, () => answersTo(engine, list));
    const told = { engine: engine.name, title: engine.title, version: await version(engine), browser: await browser.version() };
    stdout.write(`${JSON.stringify({ ...told, answers, failed: failed.get(engine.name) })}\n`);
  }
} finally {
  await browser.close();
  await server.stop();
}

/**
 * Where the first ten results of each query lead.
 *
 * @param {import('./engines.mjs').Engine} engine
 * @param {string[]} queries
 */
async function answersTo(engine, queries) {
  return inPage(browser, server.visit(engine.name), async (page) => {
    if (queries.length) await page.evaluate(async (query) => void await globalThis.bench.first(query), queries[0]);
    /** @type {string[][]} */
    const answers = [];
    for (let at = 0; at < queries.length; at += BATCH) {
      const batch = await page.evaluate((list) => globalThis.bench.pass(list), queries.slice(at, at + BATCH));
      answers.push(...batch.map((/** @type {{ urls: string[] }} */ { urls }) => urls));
    }
    return answers;
  });
}

/**
 * A peer that fails is said in the report, and stops no other.
 *
 * @template T
 * @param {import('./engines.mjs').Engine} engine
 * @param {string} step
 * @param {() => Promise<T>} work
 */
async function attempt(engine, step, work) {
  stderr.write(`==> ${engine.title}: ${step}\n`);
  try {
    return await work();
  } catch (error) {
    const why = String(/** @type {any} */ (error)?.message ?? error).split('\n')[0].slice(0, 200);
    failed.set(engine.name, `${step}: ${why}`);
    stderr.write(`==> ${engine.title} failed: ${why}\n`);
    return undefined;
  }
}
