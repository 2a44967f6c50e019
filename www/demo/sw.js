// Keeps the pages of the demo for when there is no network; Searchlet keeps the search.

/* global importScripts, searchletOffline, skipWaiting, clients */
importScripts('searchlet-sw.js');
// First, since the first listener that answers a request is the only one that is asked.
searchletOffline({ bundle: 'searchlet/' });

const KEPT = 'demo';
const PAGES = [
  './', 'site.css', 'favicon.svg', 'manifest.webmanifest',
  '000_7c4ee614e3720f3f.txt/', '001_54c65e376eacef12.txt/', '002_0dad7d50271e7878.txt/', '003_88708dbad2e4c2d5.txt/', '004_482bc1e1b9f55c44.txt/',
];

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(PAGES)));
});
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  if (event.request.method === 'GET') event.respondWith(answer(event));
});

/** From the network while there is one, else as it was last. */
async function answer({ request }) {
  const cache = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    // A host sends who asks for a folder without its slash to the one with it.
    const folder = `${request.url.split(/[?#]/)[0]}/`;
    if (await cache.match(folder)) return Response.redirect(folder);
    throw error;
  }
}
