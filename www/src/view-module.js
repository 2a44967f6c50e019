/** The module that draws, fetched when someone is interested. */
import { carriedRoot, fetchRoot } from './root.js';
import { sources } from './sources.js';

/** @typedef {import('./contract.d.ts').ViewModule} ViewModule */

/**
 * @param {URL} base
 * @returns {Promise<ViewModule>}
 */
export async function viewModule(base) {
  const folder = base.pathname.endsWith('/') ? base : new URL(`${base.href}/`);
  const carried = carriedRoot();
  if (carried && folder.href === sources.base.href) {
    // A loader that the browser kept may name a view that the site has replaced.
    const view = await sources.view(new URL(carried.files.view, folder).href).catch(() => undefined);
    if (view) return view;
  }
  const { files } = await fetchRoot(folder);
  return sources.view(new URL(files.view, folder).href);
}
