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
    await page.goto(visit.url);
    await page.waitForFunction(() => 'bench' in globalThis);
    return await work(page);
  } finally {
    await context.close();
  }
}

/**
 * What a page and its workers hold after a collection: JavaScript's heap, and buffers outside it, of which WebAssembly's
 * memories are the largest.
 *
 * @param {import('puppeteer-core').Page} page
 */
export async function memory(page) {
  const own = await page.createCDPSession();
  const threads = [own, ...page.workers().map((worker) => worker.client)];
  const held = { heap: 0, wasm: 0, buffers: 0 };
  for (const thread of threads) {
    const { memories, others } = await buffers(thread);
    await thread.send('HeapProfiler.collectGarbage');
    held.heap += (await thread.send('Runtime.getHeapUsage')).usedSize;
    held.wasm += memories;
    held.buffers += others;
  }
  await own.detach();
  return { ...held, total: held.heap + held.wasm + held.buffers };
}

/**
 * The bytes of all buffers that live on one thread.
 *
 * @param {import('puppeteer-core').CDPSession} thread
 * @returns {Promise<{ memories: number, others: number }>}
 */
async function buffers(thread) {
  const objectGroup = 'memory';
  /** @param {string} prototype */
  const living = async (prototype) => {
    const { result } = await thread.send('Runtime.evaluate', { expression: prototype, objectGroup });
    const prototypeObjectId = /** @type {string} */ (result.objectId);
    return (await thread.send('Runtime.queryObjects', { prototypeObjectId, objectGroup })).objects.objectId;
  };
  const memories = await living('WebAssembly.Memory.prototype');
  const all = await living('ArrayBuffer.prototype');
  const { result } = await thread.send('Runtime.callFunctionOn', {
    functionDeclaration: `function (memories, all) {
      const sum = (buffers) => buffers.reduce((total, buffer) => total + buffer.byteLength, 0);
      const inside = memories.map((memory) => memory.buffer);
      return { memories: sum(inside), others: sum(all.filter((buffer) => !inside.includes(buffer))) };
    }`,
    objectId: memories,
    arguments: [{ objectId: memories }, { objectId: all }],
    returnByValue: true,
  });
  await thread.send('Runtime.releaseObjectGroup', { objectGroup });
  return result.value;
}
