/** A library whose index is one file of JSON, as a page without an interface uses it. */
import { expose } from './stopwatch.js';

expose(async () => {
  const [{ load }, json] = await Promise.all([
    import('./library/engine.js'),
    fetch(new URL('./library/index.json', import.meta.url)).then((response) => response.json()),
  ]);
  return load(json);
});
