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
    return host.hasAttribute('no-recent') ? [] : JSON.parse(localStorage.getItem(LIST) ?? '[]').map(String).slice(0, MOST);
  } catch {
    return [];
  }
}

/**
 * @param {HTMLElement} host
 * @param {string} query one that led somewhere
 */
export function remember(host, query) {
  if (query.trim()) keep(host, [query, ...recentOf(host).filter((known) => known !== query)]);
}

/**
 * @param {HTMLElement} host
 * @param {string[]} queries
 */
export function keep(host, queries) {
  try {
    if (!host.hasAttribute('no-recent')) localStorage.setItem(LIST, JSON.stringify(queries));
  } catch {
    // A browser that keeps nothing forgets by itself.
  }
}
