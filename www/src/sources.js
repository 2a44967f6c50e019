/** How the loader gets at its other modules; the classic bundle, which holds them all, replaces these. */

/** @typedef {import('./contract.d.ts').ViewModule} ViewModule */
/** @typedef {import('./contract.d.ts').WorkerModule} WorkerModule */

export const sources = {
  /** The bundle's folder, unless told otherwise. */
  base: new URL('.', import.meta.url),

  /** @type {(url: string) => Promise<ViewModule>} */
  view: (url) => import(url),

  /** @type {(url: string) => Promise<WorkerModule>} */
  worker: (url) => import(url),
};

/**
 * @param {string | URL} base
 * @returns {URL} with a slash at its end, so that names lie in it
 */
export function folderOf(base) {
  const folder = new URL(base, document.baseURI);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return folder;
}
