/** What of a bundle lies in the browser's caches: a build whole, the one before it, and parts as they were used. */

/**
 * Which build readers get, by the checksum of its index.json; which one they had before; whether all parts were asked for.
 *
 * @typedef {{ current?: string, previous?: string, whole?: boolean }} State
 */

/** @typedef {{ bytes: number, kept: number }} Progress how many bytes of parts there are, and how many of these are kept */

/** Keeps the worker alive until something is done. @typedef {(work: Promise<unknown>) => void} Wait */

// The only names that do not tell their content.
const ROOT_NAME = 'index.json';
const LOADER_NAME = 'searchlet.js';

// What is named by its content, or lies in a folder that is: `.<digest>.`, `/<group>.`, `.<digest>/`.
const NAMED = /[./][\da-f]{16}[./]/;

// Of parts that were used this much is kept, the last that came: some ten thousand of a large site. Browsers allow a site more.
const MAX_PART_BYTES = 64 << 20;

// How large a part is taken to be that no list tells of; few are larger.
const PART_BYTES = 16 << 10;

// An index of this size comes with the engine, which has 80 kB itself, so that a small site can be searched offline at once.
const SMALL_BYTES = 256 << 10;

// As many as a browser asks a host for at once over HTTP/1.1.
const AT_ONCE = 6;

// Who has waited this long for the network has waited enough, if there is something to go on with.
const PATIENCE_MS = 3000;

// After this long a file does not come any more, however slow the link; the next request for the root begins anew.
const LOST_MS = 60_000;

export class Stock {
  #base;
  #name;
  /** The text of the index.json whose build is on its way. @type {string | undefined} */
  #coming;
  #renewal = Promise.resolve();
  #attempt = new AbortController();
  // More than may come unseen, so that a worker that was started again looks at once.
  #unseen = MAX_PART_BYTES;

  /** @param {string} base of the bundle, with a slash at its end */
  constructor(base) {
    this.#base = base;
    // No address has a blank, so none of these names begins another's.
    this.#name = `searchlet ${base} `;
  }

  /**
   * Whether a request is for a file of the bundle.
   *
   * @param {Request} request
   */
  has({ url, method, headers }) {
    const name = this.#nameOf(url);
    return method === 'GET' && !headers.has('range') && (name === ROOT_NAME || name === LOADER_NAME || NAMED.test(`/${name}`));
  }

  /**
   * Answers a request for a file of the bundle. What is named by its content is taken from the caches; root and loader from
   * the network while there is one.
   *
   * @param {Request} request
   * @param {Wait} wait
   * @returns {Promise<Response>}
   */
  async answer(request, wait) {
    const name = this.#nameOf(request.url);
    if (!NAMED.test(`/${name}`)) return this.#newest(name, request, wait);
    const url = this.#base + name;
    // A page asks past all caches for what turned out to be damaged.
    const again = request.cache === 'reload';
    const kept = again ? undefined : await caches.match(url);
    if (kept) return kept;
    const response = await fetch(request);
    // What the root names comes by itself; what lies in a folder is kept as it is used.
    if (isSound(response) && (again || name.includes('/'))) wait(this.#keep(url, response.clone()));
    return response;
  }

  /** Fetches the root, then all that it names. */
  async begin() {
    const root = await soundly(this.#base + ROOT_NAME, 'no-cache');
    return this.renew(await root.text());
  }

  /**
   * Brings the build of a root, then makes it the one that readers get. What came before a failure is not fetched again.
   *
   * @param {string} text of index.json
   */
  renew(text) {
    if (text !== this.#coming) {
      this.#coming = text;
      this.#attempt.abort();
      const { signal } = (this.#attempt = new AbortController());
      const renewal = this.#renewal.catch(() => {}).then(() => this.#build(text, signal));
      this.#renewal = renewal;
      const end = () => { if (this.#renewal === renewal) this.#coming = undefined; };
      renewal.then(end, end);
    }
    return this.#renewal;
  }

  /**
   * What keeping all parts comes to.
   *
   * @returns {Promise<Progress>}
   */
  async size() {
    await this.#renewal.catch(() => {});
    if (!(await this.#state()).current) await this.begin();
    return this.#bringParts((await this.#state()).current);
  }

  /**
   * Brings all parts, of this build and of each to come.
   *
   * @param {(progress: Progress) => void} report
   */
  async keepAll(report) {
    await this.size();
    const state = await this.#setState({ whole: true });
    return this.#bringParts(state.current, { report });
  }

  /**
   * Lets all parts go; the build stays.
   *
   * @returns {Promise<Progress>}
   */
  async drop() {
    await this.#setState({ whole: false });
    await caches.delete(`${this.#name}parts`);
    return this.size();
  }

  /**
   * @param {string} name of root or loader
   * @param {Request} request
   * @param {Wait} wait
   * @returns {Promise<Response>}
   */
  async #newest(name, request, wait) {
    const { current } = await this.#state();
    const kept = current && await (await caches.open(this.#name + current)).match(this.#base + name);
    const coming = fetch(request);
    if (!kept) {
      const response = await coming;
      if (name === ROOT_NAME && isSound(response)) wait(response.clone().text().then((text) => this.renew(text)));
      return response;
    }
    const response = await patiently(coming);
    if (!response || !isSound(response)) return kept;
    if (name === LOADER_NAME) return response;
    const text = await response.clone().text();
    if (text === await kept.clone().text()) return response;
    // Readers go on with the build that is whole until the next one is.
    const renewal = this.renew(text).then(() => true);
    wait(renewal);
    return await patiently(renewal) ? response : kept;
  }

  /**
   * @param {string} text
   * @param {AbortSignal} signal aborted when there is a newer root
   */
  async #build(text, signal) {
    const { checksum, files, heads } = JSON.parse(text);
    const { current, whole } = await this.#state();
    if (checksum === current) return;
    const cache = await caches.open(this.#name + checksum);
    const { searchlet, ...assets } = files;
    // What has no ending is a folder.
    const names = Object.values(assets).filter((name) => /\.[a-z]{2,5}$/.test(name));
    for (const { file } of heads) names.push(file);
    await Promise.all(names.map(async (name) => {
      const url = this.#base + name;
      if (!await cache.match(url)) await cache.put(url, await caches.match(url) ?? await copyOf(await soundly(url, 'default', signal)));
    }));
    await cache.put(this.#base + LOADER_NAME, await copyOf(await soundly(this.#base + LOADER_NAME, 'no-cache', signal)));
    await cache.put(this.#base + ROOT_NAME, new Response(text, { headers: { 'content-type': 'application/json' } }));
    const { bytes } = await this.#bringParts(checksum);
    if (whole || bytes <= SMALL_BYTES) await this.#bringParts(checksum, { signal });
    // This one write is the switch.
    await this.#setState({ current: checksum, ...(current && { previous: current }) });
    await this.#tidy(true);
  }

  /**
   * Tells how many bytes the parts of a build have, and brings those that are not here if they are wanted.
   *
   * @param {string | undefined} checksum
   * @param {{ report?: (progress: Progress) => void, signal?: AbortSignal }} [wanted]
   * @returns {Promise<Progress>}
   */
  async #bringParts(checksum, wanted) {
    const cache = await caches.open(`${this.#name}parts`);
    const here = new Set((await cache.keys()).map(({ url }) => url));
    const sizes = [...await this.#sizes(checksum)];
    const lacking = sizes.filter(([url]) => !here.has(url));
    const sum = (/** @type {[string, number][]} */ all) => all.reduce((bytes, [, size]) => bytes + size, 0);
    const bytes = sum(sizes);
    let kept = bytes - sum(lacking);
    if (wanted) {
      // All of them take from one list.
      const next = lacking.values();
      await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        for (const [url, size] of next) {
          await cache.put(url, await copyOf(await soundly(url, 'default', wanted.signal)));
          kept += size;
          wanted.report?.({ bytes, kept });
        }
      }));
    }
    return { bytes, kept };
  }

  /**
   * What a build has in folders, by address, with its bytes; nothing when it does not say.
   *
   * @param {string | undefined} checksum
   * @returns {Promise<Map<string, number>>}
   */
  async #sizes(checksum) {
    const sizes = new Map();
    if (!checksum) return sizes;
    const cache = await caches.open(this.#name + checksum);
    const root = await (await cache.match(this.#base + ROOT_NAME))?.json();
    const list = await (await cache.match(this.#base + root?.files.sizes))?.json();
    for (const [group, parts] of Object.entries(list?.parts ?? {})) {
      for (const [number, size] of parts.entries()) sizes.set(`${this.#base}parts/${group.slice(0, 2)}/${group}.${number}.part`, size);
    }
    for (const [name, size] of Object.entries(list?.files ?? {})) sizes.set(this.#base + name, size);
    return sizes;
  }

  /**
   * @param {string} url
   * @param {Response} response
   */
  async #keep(url, response) {
    const copy = await copyOf(response);
    const holders = [];
    for (const name of await this.#cacheNames()) {
      const cache = await caches.open(name);
      if (await cache.match(url)) holders.push(cache);
    }
    if (holders.length === 0) holders.push(await caches.open(`${this.#name}parts`));
    for (const cache of holders) await cache.put(url, copy.clone());
    this.#unseen += PART_BYTES;
    if (this.#unseen > MAX_PART_BYTES >> 4) await this.#tidy(false);
  }

  /**
   * Lets go of the parts that neither this build nor the one before has, and of those that came first when there are too
   * many; after a switch also of other builds and of attempts at them.
   *
   * @param {boolean} switched
   */
  async #tidy(switched) {
    this.#unseen = 0;
    const { current, previous, whole } = await this.#state();
    const kept = ['state', 'parts', current, previous].map((name) => this.#name + name);
    for (const name of switched ? await this.#cacheNames() : []) {
      if (!kept.includes(name)) await caches.delete(name);
    }
    const sizes = new Map([...await this.#sizes(previous), ...await this.#sizes(current)]);
    const cache = await caches.open(`${this.#name}parts`);
    let room = whole ? Infinity : MAX_PART_BYTES;
    for (const request of [...await cache.keys()].reverse()) {
      const size = sizes.get(request.url);
      room -= size ?? PART_BYTES;
      const isGone = size === undefined && sizes.size > 0 && request.url.endsWith('.part');
      if (room < 0 || isGone) await cache.delete(request);
    }
  }

  async #cacheNames() {
    return (await caches.keys()).filter((name) => name.startsWith(this.#name));
  }

  /** @returns {Promise<State>} */
  async #state() {
    const cache = await caches.open(`${this.#name}state`);
    return (await cache.match(this.#base))?.json() ?? {};
  }

  /** @param {State} changed */
  async #setState(changed) {
    const state = { ...await this.#state(), ...changed };
    await (await caches.open(`${this.#name}state`)).put(this.#base, new Response(JSON.stringify(state)));
    return state;
  }

  /** @param {string} url */
  #nameOf(url) {
    return url.startsWith(this.#base) ? url.slice(this.#base.length).replace(/[?#].*/, '') : '';
  }
}

/**
 * Whether a response is what was asked for: a file of a bundle is never a page, but a host without it may answer with one.
 *
 * @param {Response} response
 */
function isSound({ status, headers }) {
  return status === 200 && !headers.get('content-type')?.startsWith('text/html');
}

/**
 * @param {string} url
 * @param {RequestCache} cache
 * @param {AbortSignal} [signal]
 */
async function soundly(url, cache, signal) {
  const lost = AbortSignal.timeout(LOST_MS);
  const response = await fetch(url, { cache, signal: signal ? AbortSignal.any([signal, lost]) : lost });
  if (!isSound(response)) throw new Error(`the site answered ${response.status} for ${url}; publish the whole bundle again`);
  return response;
}

/**
 * @param {Response} response
 * @returns {Promise<Response>} the whole of it, without what was said of how it came
 */
async function copyOf(response) {
  const headers = new Headers(response.headers);
  for (const name of ['vary', 'content-encoding', 'content-length']) headers.delete(name);
  return new Response(await response.arrayBuffer(), { headers });
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T | undefined>} nothing when it fails or takes too long
 */
function patiently(promise) {
  return Promise.race([promise.catch(() => undefined), new Promise((wake) => setTimeout(wake, PATIENCE_MS))]);
}
