/** `<searchlet-box>`, whose hits open beneath the field, and `<searchlet-results>`, a page of results. */
import { element } from './element.js';
import { Host } from './host.js';

/** @typedef {import('./host.js').Frame} Frame */

/** A search field whose hits open beneath it. Enter without a chosen hit submits the form inside, if there is one. */
export class SearchletBox extends Host {}

/**
 * A page of results, which the page's address tells: words, filters, order, how many pages.
 *
 * @attr filters, ranges, sort: see view/page.js
 */
export class SearchletResults extends Host {
  /** @param {Frame} frame */
  draw({ field, panel, signal, wake }) {
    // Beside other fields Enter submits only where there is a button to submit by.
    const form = element('form', { role: 'search' }, field, panel, element('button', { hidden: '' }));
    form.addEventListener('submit', (event) => event.preventDefault(), { signal });
    // Who comes by an address that asks for something is interested.
    if (location.search) wake();
    return [form];
  }
}
