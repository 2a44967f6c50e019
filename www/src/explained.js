/** Says in words for people why a file of the bundle cannot be had. */

export const PUBLISH = 'publish the whole bundle again';

/**
 * @param {any} problem
 * @returns {never}
 */
export function explained(problem) {
  const { code, status } = problem;
  const file = `${problem.file} of the search index`;
  problem.message ||= {
    offline: status ? `the site answered ${status} for ${file}; try again in a while` : `${file} could not be reached; check the connection`,
    damaged: `the site answered with a page in place of ${file}; ${PUBLISH}`,
    missing: `${file} ${status ? `is not on this site (${status})` : 'could not be loaded'}; ${PUBLISH}`,
  }[/** @type {string} */ (code)] ?? '';
  throw problem;
}

/**
 * @param {string} file
 * @param {string} what
 */
export function damage(file, what) {
  return `${file} of the search index ${what}; ${PUBLISH}`;
}
