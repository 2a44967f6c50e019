/** Searchlet beside its peers on one corpus: builds all, measures all, writes the report. */
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { argv, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { buildSite } from './build.mjs';
import { startChromium } from './chromium.mjs';
import { asPages, isRecords, warm } from './corpus.mjs';
import { enginesOf, version } from './engines.mjs';
import { machine } from './machine.mjs';
import { AFTER_NAMED, NAMED, knownItems } from './queries.mjs';
import { keep } from './report.mjs';
import { costs, passes, slow } from './scenarios.mjs';
import { serve } from './server.mjs';
import { sample } from './statistics.mjs';
import { table } from './table.mjs';

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  allowPositionals: true,
  options: {
    queries: { type: 'string' },
    peers: { type: 'string' },
    items: { type: 'string', default: '200' },
    'max-files': { type: 'string' },
    name: { type: 'string' },
    work: { type: 'string' },
    docs: { type: 'string' },
  },
});
const corpus = resolve(positionals[0]);
const name = values.name ?? basename(corpus).replace(/\.[^.]*$/, '');
const work = join(resolve(values.work ?? 'bench'), name);

/** @param {string} step */
const say = (step) => void stderr.write(`==> ${name}: ${step}\n`);

const chosen = enginesOf(values.peers);
const queries = values.queries ? await knownItems(values.queries) : [];
const items = [...NAMED.map((q) => ({ kind: 'named', q, second: AFTER_NAMED })), ...sample(queries, Number(values.items))];

await mkdir(work, { recursive: true });
say('looking for pages; for what is none, one is written');
const pages = await asPages(corpus, join(work, 'pages'));
await warm(corpus);
const readable = await isRecords(corpus) ? corpus : pages;

/** @type {Record<string, any>} */
const figures = {};
const sites = join(work, 'sites');
for (const engine of chosen) {
  await attempt(engine, 'indexing', async (into) => {
    const maxFiles = Number(values['max-files']) || undefined;
    into.version = await version(engine);
    into.build = await buildSite(engine, { corpus, pages, readable, maxFiles }, join(sites, engine.name));
  });
}

const server = await serve(sites);
const browser = await startChromium();
const lab = { browser, server };
const chromium = await browser.version();
try {
  for (const engine of chosen.filter((engine) => figures[engine.name].build)) {
    // All of an index that is loaded whole comes before the first answer, whatever is asked.
    const sampled = engine.whole ? items.slice(0, 1) : items;
    await attempt(engine, `bytes and requests, ${sampled.length} visits`, async (into) => {
      into.costs = await costs(lab, engine, sampled);
    });
    await attempt(engine, 'time on the slow link', async (into) => {
      into.slow = await slow(lab, engine, sampled.filter(({ kind }) => kind !== 'named'));
    });
    if (queries.length === 0) continue;
    await attempt(engine, `two passes over ${queries.length} queries`, async (into) => {
      into.passes = await passes(lab, engine, queries);
    });
  }
} finally {
  await browser.close();
  await server.stop();
}

/** What this run found. @type {import('./table.mjs').Run} */
const run = {
  name,
  date: new Date().toISOString().slice(0, 10),
  machine: machine(chromium),
  maxFiles: Number(values['max-files']) || undefined,
  items: items.length - NAMED.length,
  queries: queries.length,
  engines: chosen.map((engine) => ({ name: engine.name, title: engine.title, whole: engine.whole, ...figures[engine.name] })),
};
stdout.write(`\n${table(run)}\n`);
if (values.docs) await keep(run, resolve(values.docs));

/**
 * What fails for one engine is said in the report, and stops no other.
 *
 * @param {import('./engines.mjs').Engine} engine
 * @param {string} step
 * @param {(into: any) => Promise<void>} measure
 */
async function attempt(engine, step, measure) {
  say(`${engine.title}, ${step}`);
  const into = (figures[engine.name] ??= {});
  const from = performance.now();
  try {
    await measure(into);
  } catch (error) {
    const why = String(/** @type {any} */ (error)?.message ?? error).split('\n')[0].slice(0, 200);
    (into.failed ??= []).push(`${step}: ${why}`);
    say(`${engine.title} failed: ${why}`);
  }
  say(`${engine.title}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
}
