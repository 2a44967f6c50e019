/** The module that draws, fetched when someone is interested. */
import { carriedRoot, fetchRoot } from './root.js';
import { sources } from './sources.js';

/** @typedef {import('./contract.d.ts').ViewModule} ViewModule */
/** @typedef {import('./contract.d.ts').Root} Root */

// Some browsers never ask again for a module that once could not be had; one with another fragment is another one.
let failures = 0;

/**
 * @param {URL} folder
 * @returns {Promise<ViewModule & { words: string | undefined }>} with the folder of its words in other languages
 */
export async function viewModule(folder) {
  /** @param {Root} root */
  const load = async ({ files }) => ({
    ...await sources.view(`${new URL(files.view, folder)}#${failures}`).catch((error) => {
      failures += 1;
      throw error;
    }),
    words: files.words && new URL(files.words, folder).href,
  });
  const carried = carriedRoot();
  if (carried && folder.href === sources.base.href) {
    // A loader that the browser kept may name a view that the site has replaced.
    const view = await load(carried).catch(() => undefined);
    if (view) return view;
  }
  return load(await fetchRoot(folder));
}
