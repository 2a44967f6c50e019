/** Pagefind, as a page without an interface uses it. */
import { expose } from './stopwatch.js';

expose(async () => {
  const pagefind = await import('./pagefind/pagefind.js');
  return async (query) => {
    const { results } = await pagefind.search(query);
    const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    return pages.map(({ raw_url, url, meta, excerpt }) => ({ url: raw_url ?? url, title: meta.title, excerpt }));
  };
});
