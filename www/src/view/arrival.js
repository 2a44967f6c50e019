/** Highlights, on the page that a hit led to, the words that were found there. */

/** @typedef {{ page: string, words: string[] }} Departure */

// The words travel in the tab's own storage, so that the address stays clean; they are taken out on arrival. The loader of the
// other page looks for the same name.
const STORE = 'searchlet:departure';

// More ranges than this slow a long page down, and nobody looks at the thousandth.
const MOST_RANGES = 1000;

// Scripts that put no space between words: there a match may begin in the middle of a run of letters.
const UNSPACED = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}]';
const LETTER = `(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}]`;

/**
 * Leaves the words for the page at `href`.
 *
 * @param {string} href
 * @param {string[]} words
 * @returns {boolean} whether that is this very page, so that the reader has arrived already
 */
export function depart(href, words) {
  if (pageOf(href) === pageOf(location.href)) {
    const { hash } = new URL(href);
    if (hash) location.hash = hash;
    highlight(words, !hash);
    return true;
  }
  try {
    sessionStorage.setItem(STORE, JSON.stringify({ page: pageOf(href), words }));
  } catch {
    // A browser that keeps nothing only loses the highlighting.
  }
  return false;
}

/** Takes the words that were left for this page, then highlights them. */
export function arrive() {
  const words = takeWords();
  // The browser itself goes to the passage if the address names one.
  if (words.length > 0) highlight(words, !document.querySelector(':target'));
}

/**
 * @param {string[]} words
 * @param {boolean} scroll to the first of them
 */
function highlight(words, scroll) {
  if (typeof Highlight !== 'function' || words.length === 0) return;
  adoptSheet();
  const ranges = findWords(document.querySelector('main') ?? document.body, words);
  CSS.highlights.set('searchlet', new Highlight(...ranges));
  if (scroll) ranges[0]?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
}

/** @returns {string[]} */
function takeWords() {
  try {
    /** @type {Departure | null} */
    const departure = JSON.parse(sessionStorage.getItem(STORE) ?? 'null');
    sessionStorage.removeItem(STORE);
    if (departure?.page !== pageOf(location.href)) return [];
    return departure.words.filter((word) => typeof word === 'string' && word !== '');
  } catch {
    return [];
  }
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
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement?.closest('script, style, noscript, template')) continue;
    for (const match of (node.nodeValue ?? '').matchAll(pattern)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      ranges.push(range);
      if (ranges.length === MOST_RANGES) return ranges;
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

let adopted = false;

function adoptSheet() {
  if (adopted) return;
  adopted = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(HIGHLIGHT);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

const HIGHLIGHT = `
::highlight(searchlet) {
  background-color: var(--searchlet-highlight, light-dark(#ffe48a, #6b5200));
  color: var(--searchlet-highlight-text, light-dark(#1a1a1a, #fff6d6));
}
`;
