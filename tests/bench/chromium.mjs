/** One Chromium: pages that share nothing, and what they hold in memory. */
import { env } from 'node:process';
import puppeteer from 'puppeteer-core';

// The sandbox needs rights that containers lack; the rest keeps the browser from talking to anyone but the host here, and
// from slowing down what is not in front.
const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding',
];

/** Nothing that is measured takes longer, and what hangs is said to. */
const LONGEST = 15 * 60_000;

export async function startChromium() {
  if (!env.CHROMIUM) throw new Error('CHROMIUM must say where Chromium is: start this by `cargo xtask bench CORPUS`, which finds it');
  return puppeteer.launch({ executablePath: env.CHROMIUM, args: QUIET, headless: true, protocolTimeout: LONGEST });
}

/**
 * Opens a visit's page in a context of its own, and closes it again when `work` is done.
 *
 * @template T
 * @param {import('puppeteer-core').Browser} browser
 * @param {import('./server.mjs').Visit} visit
 * @param {(page: import('puppeteer-core').Page) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inPage(browser, visit, work) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(LONGEST);
    await page.goto(visit.url);
    await page.waitForFunction(() => 'bench' in globalThis);
    return await work(page);
  } finally {
    await context.close();
  }
}

/**
 * What a page and its workers hold after a collection: JavaScript's heap, the buffers outside it, WebAssembly's memories.
 *
 * @param {import('puppeteer-core').Page} page
 */
export async function memory(page) {
  const own = await page.createCDPSession();
  const held = { heap: 0, wasm: 0, buffers: 0 };
  for (const thread of [own, ...page.workers().map((worker) => worker.client)]) {
    held.wasm += await memories(thread);
    await thread.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = await thread.send('Runtime.getHeapUsage');
    held.heap += usedSize;
    // Of the buffers of scripts; the memories are not among them.
    held.buffers += backingStorageSize;
  }
  await own.detach();
  return { ...held, total: held.heap + held.wasm + held.buffers };
}

/**
 * The bytes of all WebAssembly memories that live on one thread.
 *
 * @param {import('puppeteer-core').CDPSession} thread
 * @returns {Promise<number>}
 */
async function memories(thread) {
  const objectGroup = 'memory';
  const { result } = await thread.send('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype', objectGroup });
  const prototypeObjectId = /** @type {string} */ (result.objectId);
  const { objects } = await thread.send('Runtime.queryObjects', { prototypeObjectId, objectGroup });
  const sum = await thread.send('Runtime.callFunctionOn', {
    functionDeclaration: 'function () { return this.reduce((total, memory) => total + memory.buffer.byteLength, 0); }',
    objectId: objects.objectId,
    returnByValue: true,
  });
  await thread.send('Runtime.releaseObjectGroup', { objectGroup });
  return sum.result.value;
}
