/** Searchlet, as a page without an interface uses it. */
import { expose } from './stopwatch.js';

expose(async () => {
  const { open } = await import('./searchlet/searchlet.js');
  const index = await open();
  return async (query) => {
    const { hits } = await index.search(query, { limit: 10 });
    return hits.map(({ url, title, excerpt }) => ({ url, title, excerpt: excerpt.map((run) => run.text).join('') }));
  };
});
