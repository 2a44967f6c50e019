// Files are asked for once for all who wait, again when that may help; what cannot be had is said.

import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBrowser } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { faults, serve } from './server.mjs';
import { copyOf, siteOf, sweep } from './site.mjs';

/** @type {import('puppeteer-core').Browser} */ let browser;
/** @type {string} */ let site;

const PART = /\.part$/;
const ENGINE = /\.wasm$/;
const INDEX = /\/searchlet\/index\.json$/;
const OF_BUNDLE = /\.(part|head|wasm|json)$/;

/** Documents of made-up words, always the same, that are too many for one part. */
function records(seed = 1) {
  let state = seed;
  const next = (/** @type {number} */ below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const word = () => {
    const number = Math.min(next(900), next(900));
    return 'bdfgklmnprstvz'.charAt(number % 14) + 'aeiou'.charAt(number % 5) + 'bdfgklmnprstvz'.charAt(Math.floor(number / 14) % 14) + 'aeiou'.charAt(Math.floor(number / 196)) + 'x';
  };
  const documents = Array.from({ length: 90 }, (_, number) => {
    const text = Array.from({ length: 700 }, word).join(' ');
    return JSON.stringify({ url: `${number}.html`, title: `Number ${number}`, text });
  });
  return { 'records.jsonl': documents.join('\n') };
}

const QUERIES = ['babax', 'dedex gigix', 'fifix lobax', 'pe', 'kabax', 'dedex'];

before(async () => {
  [browser, site] = await Promise.all([startBrowser(), siteOf(records())]);
});
after(async () => {
  await browser.close();
  await sweep();
});

/**
 * Runs a function in a page with an open index of a host.
 *
 * @template T
 * @param {Awaited<ReturnType<typeof serve>>} host
 * @param {(index: any, queries: string[]) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withIndex(host, work) {
  const reader = await Reader.at(browser, host.url);
  /** @type {any} */
  const result = await reader.page.evaluate(async (address, source, queries) => {
    const { open } = await import(address);
    // A function is handed over as its text, for the test's own pages only.
    const index = await open();
    const module = URL.createObjectURL(new Blob([`export default ${source}`], { type: 'text/javascript' }));
    const { default: run } = await import(module);
    return run(index, queries);
  }, `${host.url}searchlet/searchlet.js`, String(work), QUERIES);
  await reader.leave();
  return result;
}

/** The answers to all queries, one after the other. */
const all = async (/** @type {any} */ index, /** @type {string[]} */ queries) => {
  const answers = [];
  for (const query of queries) {
    const { took_ms: _, ...found } = await index.search(query);
    answers.push(found);
  }
  return answers;
};

/** @type {any[] | undefined} */
let known;

/** What a host without faults answers. */
async function expected() {
  if (known) return known;
  const host = await serve(site);
  known = await withIndex(host, all);
  await host.stop();
  assert.ok(known.every(({ complete }) => complete));
  assert.ok(known.some(({ total }) => total > 0));
  assert.ok(new Set(host.requests.filter((path) => PART.test(path))).size > 8, 'there are many parts');
  return known;
}

/** @param {string[]} requests */
function counts(requests, pattern = PART) {
  /** @type {Map<string, number>} */
  const counted = new Map();
  for (const path of requests.filter((asked) => pattern.test(asked))) counted.set(path, (counted.get(path) ?? 0) + 1);
  return counted;
}

for (const [name, pattern, fault] of /** @type {const} */ ([
  ['every third answer is an error', OF_BUNDLE, { ...faults.broken(), every: 3, times: 2 }],
  ['every third connection breaks', OF_BUNDLE, { ...faults.dropped(), every: 3, times: 2 }],
  ['every second body is cut short', OF_BUNDLE, { ...faults.cut(), every: 2, times: 2 }],
  ['every second file has a byte flipped', PART, { ...faults.flipped(), every: 2, times: 2 }],
  ['every second file is a page', PART, { ...faults.html(), every: 2, times: 2 }],
  ['a host that is busy says when to come again', PART, { ...faults.busy('1'), times: 1 }],
  ['a host that is too busy for its clock', PART, { ...faults.busy('Wed, 21 Oct 2015 07:28:00 GMT'), times: 1 }],
  ['a slow host', PART, faults.delayed(200)],
])) {
  test(`${name}: all is found`, async () => {
    const whole = await expected();
    const host = await serve(site);
    host.fail([pattern, fault]);
    assert.deepEqual(await withIndex(host, all), whole);
    await host.stop();
  });
}

test('a part that is gone is not asked for twice; the answer says so', async () => {
  const host = await serve(site);
  host.fail([PART, faults.missing()]);
  const [search, suggestions, other] = await withIndex(host, async (index) => {
    const asked = [index.search('babax'), index.suggest('ba')];
    const first = await Promise.all(asked);
    return [...first, await index.search('babax')];
  });
  for (const found of [search, other]) {
    assert.equal(found.complete, false);
    assert.deepEqual(found.touched, ['babax']);
  }
  assert.deepEqual(suggestions, []);
  const parts = counts(host.requests);
  assert.notEqual(parts.size, 0);
  // Once for the search and the suggestions together, once for the search after them.
  for (const [path, count] of parts) assert.ok(count <= 2, `${path} was asked for ${count} times`);
  // Once when the index was opened, once to see whether the site was published anew.
  assert.equal(counts(host.requests, INDEX).get('/searchlet/index.json'), 2);
  await host.stop();
});

test('searches and suggestions at once share their files', async () => {
  const [first] = await expected();
  const host = await serve(site);
  host.fail([PART, faults.delayed(300)]);
  const { took_ms: _, ...found } = await withIndex(host, async (index) => {
    const [answer] = await Promise.all([index.search('babax'), index.suggest('babax'), index.suggest('ba'), index.suggest('b')]);
    return answer;
  });
  assert.deepEqual(found, first);
  for (const [path, count] of counts(host.requests)) assert.equal(count, 1, path);
  await host.stop();
});

test('a search takes over what the one before it had asked for', async () => {
  const [first] = await expected();
  const host = await serve(site);
  host.fail([PART, faults.delayed(400)]);
  const { took_ms: _, ...found } = await withIndex(host, async (index) => {
    const before = index.search('babax').catch((/** @type {Error} */ error) => error.name);
    await new Promise((wake) => setTimeout(wake, 200));
    const answer = await index.search('babax');
    if (await before !== 'AbortError') throw new Error('the search before was answered');
    return answer;
  });
  assert.deepEqual(found, first);
  for (const [path, count] of counts(host.requests)) assert.equal(count, 1, path);
  assert.deepEqual(host.abandoned.filter((path) => PART.test(path)), []);
  await host.stop();
});

test('an abort reaches the files that nobody else wants', async () => {
  const host = await serve(site);
  host.fail([PART, faults.delayed(60_000)]);
  const name = await withIndex(host, async (index) => {
    const stop = new AbortController();
    const search = index.search('babax', { signal: stop.signal }).catch((/** @type {Error} */ error) => error.name);
    await new Promise((wake) => setTimeout(wake, 300));
    stop.abort();
    const outcome = await search;
    await new Promise((wake) => setTimeout(wake, 500));
    return outcome;
  });
  assert.equal(name, 'AbortError');
  const asked = host.requests.filter((path) => PART.test(path));
  assert.notEqual(asked.length, 0);
  assert.deepEqual(host.abandoned.filter((path) => PART.test(path)).sort(), asked.sort());
  await host.stop();
});

test('of ten searches at once, some given up, the latest is answered in full', async () => {
  const whole = await expected();
  const host = await serve(site);
  host.fail([PART, { ...faults.broken(), every: 3, times: 2 }]);
  const { names, last } = await withIndex(host, async (index, queries) => {
    const searches = [];
    for (const [number, query] of [...queries, ...queries].slice(2).entries()) {
      const stop = new AbortController();
      const search = index.search(query, { signal: stop.signal });
      search.catch(() => {});
      searches.push(search);
      if (number % 3 === 1) stop.abort();
      index.suggest(query).catch(() => {});
      if (number % 2 === 1) await new Promise((wake) => setTimeout(wake, 30));
    }
    const settled = await Promise.allSettled(searches);
    const final = /** @type {any} */ (settled.at(-1));
    return { names: settled.slice(0, -1).map((result) => (result.status === 'rejected' ? result.reason.name : 'answered')), last: final.value };
  });
  assert.deepEqual(names, Array(9).fill('AbortError'));
  delete last.took_ms;
  assert.deepEqual(last, whole.at(-1));
  await host.stop();
});

test('a bundle replaced in an emptied folder is found again, by one look at index.json', async () => {
  const copy = await copyOf(site);
  const next = await siteOf(records(2));
  const host = await serve(copy);
  const reader = await Reader.at(browser, host.url);
  const address = `${host.url}searchlet/searchlet.js`;
  await reader.page.evaluate(async (loader) => {
    const { open } = await import(loader);
    /** @type {any} */ (globalThis).index = await open();
  }, address);
  await rm(join(copy, 'searchlet'), { recursive: true });
  await cp(join(next, 'searchlet'), join(copy, 'searchlet'), { recursive: true });
  host.requests.length = 0;
  const answers = await reader.page.evaluate(async () => {
    const { index } = /** @type {any} */ (globalThis);
    const [found] = await Promise.all([index.search('babax kabax'), index.suggest('ba'), index.suggest('dedex'), index.suggest('ga')]);
    delete found.took_ms;
    return found;
  });
  assert.equal(counts(host.requests, INDEX).get('/searchlet/index.json'), 1);
  await reader.leave();
  await host.stop();
  const fresh = await serve(next);
  const found = await withIndex(fresh, async (index) => index.search('babax kabax'));
  delete found.took_ms;
  assert.deepEqual(answers, found);
  await fresh.stop();
});

test('a host that answers with pages is told from damage', async () => {
  const host = await serve(site);
  host.fail([/\.head$/, faults.html()]);
  const reader = await Reader.at(browser, host.url);
  await reader.type('babax');
  assert.match(await reader.hears(/not available/), /the site answered with a page in place of \w+\.\w+\.head/i);
  await reader.leave();
  await host.stop();
});

test('an engine that runs out of memory is started again', async () => {
  const whole = await expected();
  const host = await serve(site);
  host.fail([ENGINE, { replace: withoutMemory, times: 1 }]);
  assert.deepEqual(await withIndex(host, all), whole);
  assert.equal(counts(host.requests, ENGINE).size, 1);
  assert.equal([...counts(host.requests, ENGINE).values()][0], 2, 'a second engine was started');
  await host.stop();
});

/**
 * An engine whose memory cannot grow much.
 *
 * @param {Buffer} module
 */
function withoutMemory(module) {
  const number = (/** @type {number} */ at) => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++] ?? 0;
      value |= (byte & 127) << shift;
      if (byte < 128) return { value, at };
    }
  };
  for (let start = 8; start < module.length;) {
    const { value: length, at: body } = number(start + 1);
    if (module[start] === 5) {
      // One memory; its flags, then its smallest size. Little more is allowed: enough to open, not enough for all parts.
      const { value: pages, at: end } = number(body + 2);
      assert.equal(end, body + length);
      assert.ok(pages < 100);
      const section = [5, 4, 1, 1, pages, pages + 4];
      return Buffer.concat([module.subarray(0, start), Buffer.from(section), module.subarray(end)]);
    }
    start = body + length;
  }
  throw new Error('the engine has no memory of its own');
}
