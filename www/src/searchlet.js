/** The loader: what a page imports to get Searchlet. */
import { SearchletDialog } from './dialog.js';
import { SearchletBox, SearchletResults } from './elements.js';
import { PAGE_SHEET, adopt } from './frame.js';
import { open } from './opened.js';
import { sources } from './sources.js';
import { viewModule } from './view-module.js';

export { open };

// An element looks at what stands inside it, so all of it must have come.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true });
else begin();

function begin() {
  // A page may hold two loaders, say its own and a plugin's: the first one that comes serves both.
  if (customElements.get('searchlet-box')) return;
  adopt(document, PAGE_SHEET);
  customElements.define('searchlet-box', SearchletBox);
  customElements.define('searchlet-dialog', SearchletDialog);
  customElements.define('searchlet-results', SearchletResults);
  // Has the words highlighted that led the reader to this page, if any did.
  try {
    if (!sessionStorage.getItem('searchlet:departure')) return;
  } catch {
    return; // The page may not use storage, so nothing was left there.
  }
  viewModule(sources.base).then(({ arrive }) => arrive(), () => {});
}
