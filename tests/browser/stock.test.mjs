/** What the service worker keeps of a bundle, and what it lets go, with caches and a host that are made here. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Stock } from '../../www/src/stock.js';

const BASE = 'https://example.org/searchlet/';
const MB = 1 << 20;

/** The files of the host, by address. @type {Map<string, Uint8Array | string>} */
const host = new Map();
/** What it never answers. @type {Set<string>} */
const hung = new Set();
/** What was asked of it. @type {string[]} */
let asked = [];
/** @type {Map<string, Map<string, Response>>} */
const stores = new Map();

/** As much of the browser's caches as is needed: they keep the order in which things came. */
Object.assign(globalThis, {
  caches: {
    keys: async () => [...stores.keys()],
    delete: async (/** @type {string} */ name) => stores.delete(name),
    match: async (/** @type {string} */ url) => [...stores.values()].find((store) => store.has(url))?.get(url)?.clone(),
    async open(/** @type {string} */ name) {
      const store = stores.get(name) ?? new Map();
      stores.set(name, store);
      return {
        keys: async () => [...store.keys()].map((url) => ({ url })),
        match: async (/** @type {any} */ of) => store.get(of.url ?? of)?.clone(),
        put: async (/** @type {string} */ url, /** @type {Response} */ response) => { store.delete(url); store.set(url, response); },
        delete: async (/** @type {any} */ { url }) => store.delete(url),
      };
    },
  },
  async fetch(/** @type {any} */ of, /** @type {RequestInit} */ { signal } = {}) {
    const url = of.url ?? of;
    asked.push(url.slice(BASE.length));
    signal?.throwIfAborted();
    if (hung.has(url)) return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const body = host.get(url);
    if (body === undefined) throw new TypeError('no network');
    return new Response(/** @type {any} */ (body));
  },
});

beforeEach(() => {
  host.clear();
  hung.clear();
  stores.clear();
  asked = [];
});

const digest = (/** @type {number} */ number) => number.toString(16).padStart(16, '0');
const part = (/** @type {number} */ group) => `parts/${digest(group).slice(0, 2)}/${digest(group)}.0.part`;

/**
 * Publishes a build, whose parts are groups of one.
 *
 * @param {number} number
 * @param {[number, number][]} parts the group and its bytes
 * @returns {string} its index.json
 */
function publish(number, parts, also = {}) {
  host.clear();
  const [engine, sizes, head] = [`engine.${digest(number)}.wasm`, `sizes.${digest(number)}.json`, `en.${digest(number)}.head`];
  const root = JSON.stringify({ checksum: digest(number), files: { engine, searchlet: 'searchlet.js', sizes, words: `words.${digest(1)}/` }, heads: [{ file: head }] });
  const files = { [engine]: 'engine', [head]: 'head', 'searchlet.js': 'loader', 'index.json': root, ...also };
  for (const [name, body] of Object.entries(files)) host.set(BASE + name, body);
  for (const [group, bytes] of parts) host.set(BASE + part(group), new Uint8Array(bytes));
  host.set(BASE + sizes, JSON.stringify({ parts: Object.fromEntries(parts.map(([group, bytes]) => [digest(group), [bytes]])), files: {} }));
  return root;
}

/**
 * @param {Stock} stock
 * @param {string} name
 */
async function get(stock, name, cache = 'default') {
  const request = /** @type {any} */ ({ url: BASE + name, method: 'GET', headers: new Headers(), cache });
  /** @type {Promise<unknown>[]} */
  const work = [];
  try {
    assert.ok(stock.has(request), name);
    return await (await stock.answer(request, (more) => work.push(more))).text();
  } finally {
    await Promise.allSettled(work);
  }
}

const kept = () => [...stores.get(`searchlet ${BASE} parts`)?.keys() ?? []].map((url) => url.slice(BASE.length));

test('of parts those that came first go when there are too many bytes', async () => {
  const groups = Array.from({ length: 20 }, (_, number) => /** @type {[number, number]} */ ([number + 1, 5 * MB]));
  publish(1, groups);
  const stock = new Stock(BASE);
  await stock.begin();
  assert.deepEqual(kept(), [], 'too large to come unasked');
  for (const [group] of groups) await get(stock, part(group));
  // What is new is looked through now and then; a worker that was started again looks at once.
  host.set(`${BASE}words.${digest(1)}/de.json`, '{}');
  await get(new Stock(BASE), `words.${digest(1)}/de.json`);
  assert.deepEqual(kept(), [...groups.slice(8).map(([group]) => part(group)), `words.${digest(1)}/de.json`]);
});

test('all parts are kept when a reader asked for them, of the next build, too', async () => {
  const groups = Array.from({ length: 20 }, (_, number) => /** @type {[number, number]} */ ([number + 1, 5 * MB]));
  publish(1, groups);
  const stock = new Stock(BASE);
  await stock.begin();
  assert.deepEqual(await stock.size(), { bytes: 100 * MB, kept: 0 });
  /** @type {number[]} */
  const told = [];
  await stock.keepAll(({ kept: bytes }) => told.push(bytes / MB));
  assert.deepEqual(told, groups.map((_, number) => 5 * (number + 1)));
  publish(2, [...groups.slice(1), [21, MB]]);
  await get(new Stock(BASE), 'index.json');
  host.clear();
  assert.equal((await get(stock, part(21))).length, MB);
  assert.equal((await get(stock, part(1))).length, 5 * MB, 'who still has the build before may ask for it');
  await stock.drop();
  assert.deepEqual(kept(), []);
});

test('parts that neither this build nor the one before has are let go', async () => {
  const stock = new Stock(BASE);
  for (const number of [1, 2, 3]) {
    const root = publish(number, [[number, MB], [number + 1, MB]]);
    assert.equal(await get(stock, 'index.json'), root);
    await stock.size();
    await get(stock, part(number));
  }
  publish(4, [[4, MB], [5, MB]]);
  await get(stock, 'index.json');
  await stock.size();
  assert.deepEqual(kept(), [part(3)]);
  const builds = [...stores.keys()].map((name) => name.slice(`searchlet ${BASE} `.length)).sort();
  assert.deepEqual(builds, [digest(3), digest(4), 'parts', 'state']);
});

test('the build that is whole answers until the next one is, and again when the site goes back', async () => {
  const stock = new Stock(BASE);
  const first = publish(1, [[1, 9]]);
  await stock.begin();
  publish(2, [[2, 9]]);
  host.delete(BASE + part(2));
  assert.equal(await get(stock, 'index.json'), first);
  const second = publish(2, [[2, 9]]);
  asked = [];
  assert.equal(await get(stock, 'index.json'), second);
  assert.ok(!asked.some((name) => name.endsWith('.head')), 'what came before the failure is not fetched again');
  host.clear();
  assert.equal(await get(stock, 'index.json'), second);
  assert.equal(await get(stock, 'searchlet.js'), 'loader');
  publish(1, [[1, 9]]);
  asked = [];
  assert.equal(await get(stock, 'index.json'), first);
  assert.deepEqual(asked.filter((name) => !/^(index\.json|searchlet\.js)$/.test(name)), [], 'all of it is still there');
});

test('a newer build does not wait for one that never comes', async () => {
  const stock = new Stock(BASE);
  publish(1, [[1, 9]]);
  await stock.begin();
  const second = publish(2, [[2, 9]]);
  hung.add(BASE + part(2));
  const lost = stock.renew(second);
  while (!asked.includes(part(2))) await new Promise((done) => setTimeout(done));
  const third = publish(3, [[3, 9]]);
  assert.equal(await get(stock, 'index.json'), third);
  await assert.rejects(lost, { name: 'AbortError' });
  assert.deepEqual(kept(), [part(3), part(1)].sort());
});

test('a page in place of a file is never kept', async () => {
  const stock = new Stock(BASE);
  const first = publish(1, [[1, 9]]);
  await stock.begin();
  const page = new Response('<h1>Log in</h1>', { headers: { 'content-type': 'text/html' } });
  const { fetch } = globalThis;
  globalThis.fetch = async () => page.clone();
  try {
    assert.equal(await get(stock, 'index.json'), first);
    assert.equal(await get(stock, 'searchlet.js'), 'loader');
    assert.match(await get(stock, part(1), 'reload'), /Log in/, 'whoever asks past the caches is told what there is');
  } finally {
    globalThis.fetch = fetch;
  }
  assert.equal((await get(stock, part(1))).length, 9);
});

test('a damaged copy is replaced wherever it is', async () => {
  publish(1, [[1, 9]]);
  const stock = new Stock(BASE);
  await stock.begin();
  const head = `en.${digest(1)}.head`;
  for (const [name, mended] of [[part(1), 'whole'], [head, 'mended']]) {
    host.set(BASE + name, mended);
    assert.notEqual(await get(stock, name), mended);
    assert.equal(await get(stock, name, 'reload'), mended);
    assert.equal(await get(stock, name), mended);
  }
});

test('only files of the bundle are answered for', () => {
  const stock = new Stock(BASE);
  const has = (/** @type {string} */ url, method = 'GET', headers = {}) => stock.has(/** @type {any} */ ({ url, method, headers: new Headers(headers) }));
  for (const name of ['index.json', 'searchlet.js', 'searchlet.js?v=2', part(1), `words.${digest(1)}/pt-br.json`, `engine.${digest(2)}.wasm`]) assert.ok(has(BASE + name), name);
  for (const name of ['', 'notes.txt', 'deep/index.json', 'logo.svg']) assert.ok(!has(BASE + name), name);
  assert.ok(!has('https://example.org/index.json') && !has(`https://example.org/other/${part(1)}`));
  assert.ok(!has(`${BASE}index.json`, 'POST') && !has(BASE + part(1), 'GET', { range: 'bytes=0-9' }));
});
