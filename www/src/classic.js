/** Everything but the engine's code in one classic script, for pages that are opened from a file. */
// First, because the elements of the page come alive while the loader is read.
import './whole.js';

export { open } from './searchlet.js';
