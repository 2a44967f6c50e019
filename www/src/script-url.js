/** The address of the classic script that is being read. */

export const SCRIPT_URL = /** @type {HTMLScriptElement} */ (document.currentScript).src;
