// A static host with faults on order.

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};

/**
 * What a fault does to the answer for one file: to every `every`th one, but to none more than `times` times.
 * @typedef {{ status?: number, delay?: number, drop?: boolean, replace?: (bytes: Buffer) => Buffer, type?: string, headers?: Record<string, string>, every?: number, times?: number, until?: Promise<unknown> }} Fault
 */

/** Faults by what usually goes wrong with static hosting. */
export const faults = {
  missing: () => ({ status: 404 }),
  broken: () => ({ status: 500 }),
  busy: (/** @type {string} */ wait) => ({ status: 503, headers: { 'retry-after': wait } }),
  dropped: () => ({ drop: true }),
  delayed: (/** @type {number} */ delay) => ({ delay }),
  /** Answered when the host stops, which is never. */
  held: () => ({ until: new Promise(() => {}) }),
  cut: () => ({ replace: (/** @type {Buffer} */ bytes) => bytes.subarray(0, Math.floor(bytes.length / 2)) }),
  flipped: (/** @type {number} */ at = 0.6) => ({
    replace(/** @type {Buffer} */ bytes) {
      const copy = Buffer.from(bytes);
      copy[Math.floor(copy.length * at)] ^= 0x10;
      return copy;
    },
  }),
  html: () => ({ replace: () => Buffer.from('<!doctype html><title>Home</title>'), type: 'text/html' }),
};

/**
 * Serves a folder the way static hosts do: folders by their index.html after a redirect to the slash, validators, no caching
 * of what may change.
 *
 * @param {string} folder
 */
export async function serve(folder, headers = {}) {
  /** @type {[RegExp, Fault][]} */
  let active = [];
  /** @type {Map<Fault | string, number>} */
  let met = new Map();
  /** @type {string[]} */
  const requests = [];
  /** @type {string[]} */
  const abandoned = [];
  /** @param {Fault | string} what */
  const count = (what) => {
    met.set(what, (met.get(what) ?? 0) + 1);
    return met.get(what) ?? 0;
  };
  /** @param {string} pathname @returns {Fault} */
  const faultOf = (pathname) => {
    const fault = active.find(([pattern]) => pattern.test(pathname))?.[1] ?? {};
    const { every = 1, times = Infinity } = fault;
    return count(fault) % every === 0 && count(pathname) <= times ? fault : {};
  };
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://host');
    requests.push(pathname);
    const fault = faultOf(pathname);
    response.on('close', () => { if (!response.writableFinished) abandoned.push(pathname); });
    if (fault.drop) return request.socket.destroy();
    // A wait that no test waits for must not keep the tests from ending.
    if (fault.delay) await new Promise((done) => { setTimeout(done, fault.delay).unref(); });
    await fault.until;
    let file = join(folder, normalize(decodeURIComponent(pathname)));
    const found = await stat(file).catch(() => undefined);
    if (found?.isDirectory()) {
      if (!pathname.endsWith('/')) return response.writeHead(301, { location: `${pathname}/${search}` }).end();
      file = join(file, 'index.html');
    }
    const exists = await stat(file).then((it) => it.isFile(), () => false);
    const status = fault.status ?? (exists ? 200 : 404);
    if (status !== 200) return response.writeHead(status, { 'content-type': 'text/html', ...fault.headers }).end(`<h1>${status}</h1>`);
    const type = fault.type ?? TYPES[/** @type {keyof TYPES} */ (extname(file))] ?? 'application/octet-stream';
    const caching = /\.[0-9a-f]{8,}[./]/.test(pathname) && !fault.replace ? 'public, max-age=31536000, immutable' : 'no-store';
    response.writeHead(200, { 'content-type': type, 'cache-control': caching, ...headers });
    if (fault.replace) response.end(fault.replace(await readFile(file)));
    else createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  // A test that fails does not reach its end; its host must not keep the others waiting.
  server.unref();
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    /** Whose askers did not wait for the whole answer. */
    abandoned,
    /** @param {[RegExp, Fault][]} next */
    fail(...next) {
      active = next;
      met = new Map();
    },
    stop() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done(undefined)));
    },
  };
}
