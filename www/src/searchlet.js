/** The loader: what a page imports to get Searchlet. */
import { SearchletBox } from './box.js';
import { SearchletDialog } from './dialog.js';
import { adoptPageSheet } from './frame.js';
import { open } from './opened.js';
import { sources } from './sources.js';
import { viewModule } from './view-module.js';

export { open };

// A page may hold two loaders, say its own and a plugin's: the first one that comes serves both.
if (!customElements.get('searchlet-box')) {
  adoptPageSheet();
  customElements.define('searchlet-box', SearchletBox);
  customElements.define('searchlet-dialog', SearchletDialog);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', welcome, { once: true });
  else welcome();
}

/** Has the words highlighted that led the reader to this page, if any did. */
function welcome() {
  try {
    if (!sessionStorage.getItem('searchlet:departure')) return;
  } catch {
    return; // The page may not use storage, so nothing was left there.
  }
  viewModule(sources.base).then(({ arrive }) => arrive(), () => {});
}
