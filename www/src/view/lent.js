/** What the loader lends the view, which then need not bring it again. */

/** @typedef {import('../contract.d.ts').Tools} Tools */

/** @type {Tools['element']} */
export let element;
/** @type {Tools['icon']} */
export let icon;

/** @param {Tools} tools */
export function borrow(tools) {
  ({ element, icon } = tools);
}
