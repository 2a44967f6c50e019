/** What the reader searched for before, kept in this browser. */

// One list for all pages of a site.
const LIST = 'searchlet:recent';

// As many as can be taken in at a glance, below which nobody looks for an old search.
const MOST = 6;

/**
 * @param {HTMLElement} host
 * @returns {string[]} the newest first; none where the page or the browser keeps none
 */
export function recentOf(host) {
  try {
    if (host.hasAttribute('no-recent')) return [];
    return JSON.parse(localStorage.getItem(LIST) ?? '[]').filter((/** @type {unknown} */ query) => typeof query === 'string').slice(0, MOST);
  } catch {
    return [];
  }
}

/**
 * @param {HTMLElement} host
 * @param {string} [query] one that led somewhere; without one all are forgotten
 */
export function remember(host, query) {
  if (host.hasAttribute('no-recent')) return;
  const text = query?.trim();
  try {
    if (text) localStorage.setItem(LIST, JSON.stringify([text, ...recentOf(host).filter((known) => known !== text)]));
    else if (query === undefined) localStorage.removeItem(LIST);
  } catch {
    // A browser that keeps nothing forgets by itself.
  }
}
