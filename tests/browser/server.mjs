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
  '.wasm': 'application/wasm',
};

/**
 * What a fault does to the answer for one file.
 * @typedef {{ status?: number, delay?: number, replace?: (bytes: Buffer) => Buffer, type?: string }} Fault
 */

/** Faults by what usually goes wrong with static hosting. */
export const faults = {
  missing: () => ({ status: 404 }),
  broken: () => ({ status: 500 }),
  delayed: (/** @type {number} */ delay) => ({ delay }),
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
  /** @type {string[]} */
  const requests = [];
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://host');
    requests.push(pathname);
    const fault = active.find(([pattern]) => pattern.test(pathname))?.[1] ?? {};
    if (fault.delay) await new Promise((done) => setTimeout(done, fault.delay));
    let file = join(folder, normalize(decodeURIComponent(pathname)));
    const found = await stat(file).catch(() => undefined);
    if (found?.isDirectory()) {
      if (!pathname.endsWith('/')) return response.writeHead(301, { location: `${pathname}/${search}` }).end();
      file = join(file, 'index.html');
    }
    const exists = await stat(file).then((it) => it.isFile(), () => false);
    const status = fault.status ?? (exists ? 200 : 404);
    if (status !== 200) return response.writeHead(status, { 'content-type': 'text/html' }).end(`<h1>${status}</h1>`);
    const type = fault.type ?? TYPES[/** @type {keyof TYPES} */ (extname(file))] ?? 'application/octet-stream';
    const caching = /\.[0-9a-f]{8,}\./.test(pathname) && !fault.replace ? 'public, max-age=31536000, immutable' : 'no-store';
    response.writeHead(200, { 'content-type': type, 'cache-control': caching, ...headers });
    if (fault.replace) response.end(fault.replace(await readFile(file)));
    else createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    /** @param {[RegExp, Fault][]} next */
    fail(...next) {
      active = next;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done(undefined)));
    },
  };
}
