/** The loader: what a page imports to get Searchlet. */
import { arrive } from './arrival.js';
import { SearchletBox } from './box.js';
import { SearchletDialog } from './dialog.js';
import { adoptPageSheet } from './frame.js';
import { open } from './opened.js';

export { open };

// A page may hold two loaders, say its own and a plugin's: the first one that comes serves both.
if (!customElements.get('searchlet-box')) {
  adoptPageSheet();
  customElements.define('searchlet-box', SearchletBox);
  customElements.define('searchlet-dialog', SearchletDialog);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', arrive, { once: true });
  else arrive();
}
