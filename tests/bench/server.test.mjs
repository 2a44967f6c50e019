/** The host that counts: what it compresses, whom it charges, how its link is shared. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Bucket, serve } from './server.mjs';

const TEXT = 'the same words, '.repeat(1000);

/** @type {string} */
let folder;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'searchlet-'));
  await mkdir(join(folder, 'site'));
  for (const name of ['page.html', 'engine.js', 'index.json', 'part.bin', 'adapter.js']) {
    await writeFile(join(folder, 'site', name), TEXT);
  }
  await writeFile(join(folder, 'secret.json'), '{}');
  server = await serve(folder);
});

after(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/**
 * @param {import('./server.mjs').Visit} visit
 * @param {string} name
 */
const get = (visit, name) => fetch(new URL(name, visit.url));

test('what a CDN knows is compressed, and counted as it was sent', async () => {
  const visit = server.visit('site');
  const answer = await get(visit, 'engine.js');
  assert.equal(answer.headers.get('content-encoding'), 'gzip');
  assert.equal(await answer.text(), TEXT);
  assert.equal(visit.bytes, Number(answer.headers.get('content-length')));
  assert.ok(visit.bytes < 300);
  assert.equal(visit.requests, 1);
});

test('what no CDN knows goes out as it is', async () => {
  const visit = server.visit('site');
  const answer = await get(visit, 'part.bin');
  assert.equal(answer.headers.get('content-encoding'), null);
  assert.equal(await answer.text(), TEXT);
  assert.equal(visit.bytes, TEXT.length);
});

test('the page and its glue are free, and another visit pays for itself', async () => {
  const [visit, other] = [server.visit('site'), server.visit('site')];
  await (await fetch(visit.url)).text();
  await (await get(visit, 'adapter.js')).text();
  await (await get(other, 'index.json')).text();
  assert.deepEqual([visit.bytes, visit.requests], [0, 0]);
  assert.equal(other.requests, 1);
  assert.notEqual(new URL(visit.url).pathname, new URL(other.url).pathname);
});

test('a file that is not there is a request and a failure', async () => {
  const visit = server.visit('site');
  assert.equal((await get(visit, 'absent.json')).status, 404);
  assert.deepEqual([visit.bytes, visit.requests, visit.failures], [0, 1, 1]);
  assert.equal((await fetch(new URL('/nobody/secret.json', visit.url))).status, 404);
});

test('all answers of a visit share one link', () => {
  const bucket = new Bucket({ delay: 150, bytesPerSecond: 1000 });
  assert.equal(bucket.take(500, 0), 500);
  // Handed over while the first piece was on its way, so it waits for that one.
  assert.equal(bucket.take(500, 100), 1000);
  // What was not used while nothing was sent is not saved up.
  assert.equal(bucket.take(500, 5000), 5500);
});

test('a slow visit gets the same bytes', async () => {
  const visit = server.visit('site', { delay: 5, bytesPerSecond: 4_000_000 });
  assert.equal(await (await get(visit, 'part.bin')).text(), TEXT);
  assert.equal(visit.bytes, TEXT.length);
});
