/** A static host that compresses as a CDN does, counts what each visit costs, can be as slow as a phone's link. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** What a CDN compresses by itself. What it does not know goes out as it is. */
const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.wasm', 'application/wasm'],
]);

/** What gzip does unless told otherwise. */
const LEVEL = 6;

/** What makes the measurement itself possible costs nothing: the empty page, and the glue between it and an engine. */
const FREE = new Set(['page.html', 'adapter.js']);

/** Bytes are sent in pieces of this size, so that answers share the link as packets do. */
const PIECE = 4096;

/**
 * How fast a visit's link is.
 * @typedef {{ delay: number, bytesPerSecond: number }} Link
 */

/** A phone at the edge of its cell: 150 ms for each request, 1.6 Mb/s for all of them. @type {Link} */
export const SLOW_4G = { delay: 150, bytesPerSecond: 200_000 };

/** One link, which all answers of one visit share: the next piece leaves when those before it have. */
export class Bucket {
  #free = 0;

  /** @param {Link} link */
  constructor(link) {
    this.link = link;
  }

  /**
   * When a piece that is handed over at `now` has arrived, in milliseconds.
   *
   * @param {number} bytes
   * @param {number} now
   */
  take(bytes, now) {
    this.#free = Math.max(this.#free, now) + (bytes * 1000) / this.link.bytesPerSecond;
    return this.#free;
  }
}

/** What one reader has asked for and been sent. */
export class Visit {
  bytes = 0;
  requests = 0;
  /** Requests that were answered by anything but the file. */
  failures = 0;

  /**
   * @param {string} url
   * @param {Link} [link] as fast as the machine unless given
   */
  constructor(url, link) {
    this.url = url;
    this.bucket = link && new Bucket(link);
  }
}

/**
 * Serves a folder. Every visit has a folder name of its own in front, so that what its page and its workers ask for is
 * counted for it, and no two visits share a cache.
 *
 * @param {string} folder
 */
export async function serve(folder) {
  /** @type {Map<string, Visit>} */
  const visits = new Map();
  /** @type {Map<string, Promise<{ body: Buffer, encoded: boolean }>>} */
  const files = new Map();

  /** @param {string} path */
  function load(path) {
    // Small files are read again each time; what has been compressed once is kept.
    if (!TYPES.has(extname(path))) return readFile(path).then((body) => ({ body, encoded: false }));
    let file = files.get(path);
    if (!file) {
      file = readFile(path).then((raw) => compress(raw, { level: LEVEL })).then((body) => ({ body, encoded: true }));
      file.catch(() => files.delete(path));
      files.set(path, file);
    }
    return file;
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function answer(request, response) {
    const [, name, ...rest] = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname).split('/');
    const visit = visits.get(name);
    if (!visit) return void response.writeHead(404).end();
    const counted = !FREE.has(rest.at(-1) ?? '');
    if (counted) visit.requests++;
    const bucket = counted ? visit.bucket : undefined;
    if (bucket) await wait(bucket.link.delay);
    const path = join(folder, normalize(`/${rest.join('/')}`));
    const file = await load(path).catch(() => undefined);
    if (!file) {
      visit.failures++;
      return void response.writeHead(404).end();
    }
    response.writeHead(200, {
      'content-type': TYPES.get(extname(path)) ?? 'application/octet-stream',
      'content-length': file.body.length,
      // As common hosts of static sites do; a visit is new by its address, so its cache is cold all the same.
      'cache-control': 'public, max-age=600',
      ...(file.encoded && { 'content-encoding': 'gzip', vary: 'accept-encoding' }),
    });
    for (let at = 0; at < file.body.length; at += PIECE) {
      if (response.destroyed) return;
      const piece = file.body.subarray(at, at + PIECE);
      if (bucket) await wait(bucket.take(piece.length, performance.now()) - performance.now());
      response.write(piece);
      if (counted) visit.bytes += piece.length;
    }
    response.end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  let last = 0;
  return {
    /**
     * A new reader of the site in `site`, with a cold cache.
     *
     * @param {string} site
     * @param {Link} [link]
     */
    visit(site, link) {
      const name = `v${++last}`;
      const visit = new Visit(`http://127.0.0.1:${port}/${name}/${site}/page.html`, link);
      visits.set(name, visit);
      return visit;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done(undefined)));
    },
  };
}
