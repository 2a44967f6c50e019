/** Highlights, on the page that a hit led to, the words that were found there. */

// The words travel in the tab's own storage, so that the address stays clean; they are taken out on arrival. The loader of the
// other page looks for the same name.
const STORE = 'searchlet:departure';

// More ranges than this slow a long page down, and nobody looks at the thousandth.
const MOST_RANGES = 1000;

// A letter of a script that puts spaces between words. In the others (Thai and Lao, Burmese, Khmer, kana, Han; the ranges are theirs
// in the Basic Multilingual Plane) a match may begin in the middle of a run of letters.
const LETTER = '(?![\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff])[\\p{L}\\p{M}\\p{N}]';

/**
 * Leaves the words for the page at `href`.
 *
 * @param {string} href
 * @param {string[]} words
 * @returns {boolean} whether that is this very page, so that the reader has arrived already
 */
export function depart(href, words) {
  const page = pageOf(href);
  if (page === pageOf(location.href)) {
    const { hash } = new URL(href);
    if (hash) location.hash = hash;
    highlight(words, !hash);
    return true;
  }
  try {
    sessionStorage.setItem(STORE, JSON.stringify({ page, words }));
  } catch {
    // A browser that keeps nothing only loses the highlighting.
  }
  return false;
}

/** Takes the words that were left for this page, then highlights them. */
export function arrive() {
  try {
    const { page, words } = JSON.parse(sessionStorage.getItem(STORE) ?? '{}');
    sessionStorage.removeItem(STORE);
    // The browser itself goes to the passage if the address names one.
    if (page === pageOf(location.href)) highlight(words.map(String), !document.querySelector(':target'));
  } catch {
    // What is not ours, or cannot be read, is nothing to highlight.
  }
}

/**
 * @param {string[]} words
 * @param {boolean} scroll to the first of them
 */
function highlight(words, scroll) {
  if (typeof Highlight !== 'function' || !words.length) return;
  const ranges = findWords(document.querySelector('main') ?? document.body, words);
  CSS.highlights.set('searchlet', new Highlight(...ranges));
  if (scroll) ranges[0]?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
}

/**
 * @param {Element} where
 * @param {string[]} words
 * @returns {Range[]}
 */
function findWords(where, words) {
  const longestFirst = [...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const pattern = new RegExp(`(?<!${LETTER})(?:${longestFirst.join('|')})(?!${LETTER})`, 'giu');
  /** @type {Range[]} */
  const ranges = [];
  const texts = document.createTreeWalker(where, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (node.parentElement?.closest('script, style, noscript')) continue;
    for (const { index, 0: word } of (node.nodeValue ?? '').matchAll(pattern)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (ranges.push(range) === MOST_RANGES) return ranges;
    }
  }
  return ranges;
}

/**
 * What all addresses of one page have in common, with or without `index.html`, the slash that hosts add, a passage.
 *
 * @param {string} href
 */
function pageOf(href) {
  const { origin, pathname, search } = new URL(href);
  return origin + pathname.replace(/(\/index\.html|\/)$/, '') + search;
}
