// What a machine can see wrong with the looks of an element.

/**
 * Runs in the page.
 *
 * @param {string} name of the element
 * @returns {string[]} what sticks out, what is cut without saying so; `nothing is shown` where that is so
 */
export function flaws(name) {
  const host = /** @type {HTMLElement} */ (document.querySelector(name));
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  /** @type {string[]} */
  const found = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} px wide in a window of ${innerWidth}`);
  const frame = root.querySelector('dialog[open], .panel:not([hidden])') ?? host;
  let shown = 0;
  for (const node of /** @type {Iterable<HTMLElement>} */ ([frame, ...(frame === host ? root : frame).querySelectorAll('*')])) {
    if (node.closest('.status, svg') || !node.checkVisibility()) continue;
    const { left, right, width, height } = node.getBoundingClientRect();
    if (!width || !height) continue;
    if (node !== host) shown += 1;
    const called = `${node.localName}.${node.className} “${(node.textContent ?? '').slice(0, 24)}”`;
    const room = node === frame ? frame : node.parentElement?.closest('.filters, .found, .field, .note, .footer, [role=option]') ?? frame;
    const bounds = room.getBoundingClientRect();
    // Less than a pixel is rounding.
    if (left < bounds.left - 1 || right > bounds.right + 1) found.push(`${called} from ${left} to ${right} sticks out of ${room.localName}.${room.className} from ${bounds.left} to ${bounds.right}`);
    const style = getComputedStyle(node);
    const own = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim());
    if (style.display === 'inline' || !own) continue;
    if (node.scrollWidth > node.clientWidth + 1 && style.textOverflow !== 'ellipsis') found.push(`${called} is cut at its side`);
    if (node.scrollHeight > node.clientHeight + 1 && style.webkitLineClamp === 'none' && style.overflowY === 'hidden') found.push(`${called} is cut below`);
  }
  return shown ? found : ['nothing is shown'];
}
