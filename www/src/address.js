/** Where a hit leads: urls of the index resolved against the site. */

/** @typedef {import('./contract.d.ts').Found} Found */

/**
 * Resolves a url of the index. Only http(s) survives, and file: on a site that is itself opened from a file, because a
 * `javascript:` or `data:` address in a record must never become a link.
 *
 * @param {string} url
 * @param {URL} site
 * @returns {string} an absolute address, or nothing when it would not be safe
 */
export function address(url, site) {
  try {
    const found = new URL(url, site);
    const file = found.protocol === 'file:';
    // Nobody but a host knows that index.html is meant by its folder.
    if (file && found.pathname.endsWith('/')) found.pathname += 'index.html';
    return /^https?:/.test(found.protocol) || (file && site.protocol === 'file:') ? found.href : '';
  } catch {
    return '';
  }
}

/**
 * Gives every hit and passage its `href`. The property is not enumerable, so that the object still prints as the command
 * line prints it.
 *
 * @param {Found} found
 * @param {{ site: URL }[]} bundles by number
 */
export function addAddresses(found, bundles) {
  for (const hit of found.hits) {
    const { site } = /** @type {{ site: URL }} */ (bundles[hit.bundle ?? 0]);
    for (const place of [hit, ...(hit.passages ?? [])]) {
      Object.defineProperty(place, 'href', { value: address(place.url, site) });
    }
  }
}
