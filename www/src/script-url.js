/** Where the classic script that is being read has its files: in a folder that bears its name, and is not there. */

const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);

// Read in another way than by its tag, it is taken to lie beside the page.
const [address] = (script?.src || new URL('search.js', document.baseURI).href).split(/[?#]/);

export const SCRIPT_URL = `${address}/`;
