/** Keeps the runs of all corpora, and writes the page and the chart that show them. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chart } from './chart.mjs';
import { AFTER_NAMED, NAMED } from './queries.mjs';
import { losses, table } from './table.mjs';

/** @typedef {import('./table.mjs').Run} Run */

/**
 * Puts a run in the place of the last one over the same corpus.
 *
 * @param {Run} run
 * @param {string} folder
 */
export async function keep(run, folder) {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'benchmarks.json');
  /** @type {Run[]} */
  const before = JSON.parse(await readFile(file, 'utf8').catch(() => '[]'));
  const place = before.findIndex(({ name }) => name === run.name);
  const runs = place < 0 ? [...before, run] : before.with(place, run);
  // One line for each run keeps the file's diffs to the run that changed.
  await writeFile(file, `[\n${runs.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
  await writeFile(join(folder, 'benchmarks.md'), page(runs));
  await writeFile(join(folder, 'benchmarks.svg'), chart(runs));
}

/** @param {Run[]} runs */
export function page(runs) {
  return `# Benchmarks

Searchlet beside other searches that need no server.
This page is written by \`cargo xtask bench CORPUS\` from [benchmarks.json](benchmarks.json); do not edit it by hand.

![Bytes to the first results, bytes of a second query, time on a slow link, time to index](benchmarks.svg)

## What is measured, and how

- **Searches.** Every engine is asked by its own JavaScript interface from a page with nothing else on it, in one Chromium.
  Queries are passed as they are. Searchlet and Pagefind give ten results with excerpts cut around the query's words.
  MiniSearch, FlexSearch, Orama and Lunr have no excerpts and no files of their own: they index title, headings and text of the
  same documents, keep the first 200 characters of each text to show, and are loaded whole as one JSON file.
  Their options are those that a site would choose to search as one types (\`tests/bench/libraries/\`).
- **Bytes** are counted by the local server: the bodies of all answers, gzipped where a CDN would (CSS, HTML, JavaScript, JSON, SVG, WebAssembly).
  Headers count as nothing. The empty page itself and its glue of a few lines are not counted; loader, worker, engine and index are.
  The cache is cold, and what arrives until ten seconds after the results belongs to them.
- **Requests** are those that were made before the results were there.
- **Second query**: what a query about something else costs in the same page, also until ten seconds after its results. After the named ones it is \`${AFTER_NAMED}\`.
- **Named queries**: ${NAMED.map((q) => `\`${q}\``).join(', ')}. **Known items** are queries made from a page that should be found:
  its title, the beginning of it, with one typing error, words of a heading, a phrase of the text, a name in code. They are sampled evenly over the kinds.
- **Slow 4G**: the server holds back each answer for 150 ms and lets 200 kB/s through for all of them together.
  A new connection costs nothing, and HTTP/1.1 gives six of them. The clock runs from before the first file is asked for until ten results with excerpts are there; median of three for a named query.
- **Latency**: all known-item queries one after the other in one page, on a link as fast as the machine, results with excerpts included; then all once more.
  The browser's clock has steps of 0.1 ms.
- **Memory**: JavaScript's heap after a collection, WebAssembly's memories and the buffers of scripts, of the page and its workers,
  in the first pass when 1,000 different queries have been asked (or all, where there are fewer).
- **Indexing** is by the wall's clock, one program at a time. Peak memory is the kernel's figure for the largest process of the command.
  The libraries read HTML by parse5, which is part of their time. Pagefind reads only HTML: of records it is given one page each, written before its time starts.

In brackets stands how many times Pagefind's figure it is; less is better, but for the last row.
${runs.map(section).join('')}`;
}

/** @param {Run} run */
function section(run) {
  const { machine } = run;
  const behind = losses(run);
  const failed = run.engines.flatMap(({ title, failed = [] }) => failed.map((/** @type {string} */ why) => `- ${title}, ${why}`));
  const missed = run.engines.filter((it) => it.costs?.some((/** @type {any} */ cost) => cost.failures > 0));
  return `
## ${run.name}

${run.date}; ${machine.processor}, ${machine.memory}, ${machine.system}; Chromium: ${machine.chromium}; Node ${machine.node}.
${run.items} known items for bytes, ${run.queries} queries in a pass${run.maxFiles ? `; Searchlet with \`--max-files ${run.maxFiles}\`` : ''}.

${table(run)}

### Where Searchlet is behind

${behind.length ? behind.map((line) => `- ${line}`).join('\n') : 'In none of these figures.'}
${failed.length ? `\n### What could not be measured\n\n${failed.join('\n')}\n` : ''}${missed.map((it) => `\n${it.title} asked for files that do not exist.\n`).join('')}`;
}
