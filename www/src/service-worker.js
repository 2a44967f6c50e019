/** The service worker: keeps a site's search at hand where there is no network. */
import { Stock } from './stock.js';

/** @typedef {import('./stock.js').Progress} Progress */

/** @type {any} */
const scope = globalThis;

// `searchlet index --service-worker` writes the bundle's folder, relative to that of the worker, and the worker's own name in
// place of the marks. The literals must stay in one piece and in double quotes.
const BUNDLE = "@@BUNDLE@@";
const WORKER = "@@WORKER@@";

/**
 * Has this worker keep a bundle. It answers requests for the bundle's own files and no others, so a worker that does more may
 * call it, too; for each bundle that the site has.
 *
 * @param {{ bundle?: string }} [options] the bundle's folder
 */
scope.searchletOffline = ({ bundle = BUNDLE } = {}) => {
  const at = (/** @type {string} */ folder) => new URL(folder.replace(/\/?$/, '/'), scope.location.href).href;
  const base = at(bundle);
  const stock = new Stock(base);

  // A worker that cannot keep the search must still come, for what else it does; it tries again whenever someone searches.
  scope.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(stock.begin().catch(() => {})));

  scope.addEventListener('fetch', (/** @type {any} */ event) => {
    if (!stock.has(event.request)) return;
    event.respondWith(stock.answer(event.request, (work) => event.waitUntil(work.catch(() => {}))));
  });

  scope.addEventListener('message', (/** @type {any} */ event) => {
    const { type, bundle: asked = base } = event.data ?? {};
    const port = event.ports[0] ?? event.source;
    const tell = (/** @type {any} */ what) => port?.postMessage({ type: 'searchlet-kept', bundle: base, ...what });
    let told = -1;
    const report = (/** @type {Progress} */ progress) => {
      const percent = Math.floor(100 * progress.kept / progress.bytes);
      if (percent > told) tell({ ...progress, text: `${percent} %` });
      told = percent;
    };
    // The text is what a button says: how much there is to fetch, or that nothing is left.
    const result = (/** @type {Progress} */ progress) => {
      const { bytes, kept } = progress;
      const lacking = bytes - kept;
      const size = lacking < 1e6 ? `${Math.ceil(lacking / 1e3)} kB` : `${(lacking / 1e6).toFixed(1)} MB`;
      tell({ ...progress, text: lacking > 0 ? `↓ ${size}` : '✓' });
    };
    const work = { 'searchlet-size': () => stock.size(), 'searchlet-keep': () => stock.keepAll(report), 'searchlet-drop': () => stock.drop() }[String(type)];
    if (!work || at(asked) !== base) return;
    event.waitUntil(work().then(result, (/** @type {Error} */ { message }) => tell({ problem: message, text: '↻' })));
  });
};

// Imported by another worker it waits to be called.
if (decodeURIComponent(scope.location.pathname.replace(/.*\//, '')) === WORKER) {
  scope.searchletOffline();
  // Nothing in a page depends on which version of this answers.
  scope.addEventListener('install', () => scope.skipWaiting());
  scope.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(scope.clients.claim()));
}
