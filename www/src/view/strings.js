/** What the view says, in words for people. */

/** @typedef {import('../contract.d.ts').Words} Words */

/**
 * English, which needs no file. Other languages have the same keys, in www/words.
 *
 * @type {Words}
 */
export const english = {
  search: 'Search',
  hits: 'Search results',
  searching: 'Searching…',
  stalled: 'Still searching: the connection is slow.',
  failed: 'Search is not available',
  offline: 'You are offline',
  offlineHint: 'Search will continue on its own when the connection is back.',
  again: 'Try again',
  partial: 'Some results may be missing because part of the index could not be read.',
  missing: 'Without',
  empty: 'Nothing found for “{query}”',
  hint: 'Try fewer or different words.',
  suggestion: 'Did you mean {suggestion}?',
  completions: 'Suggestions',
  recent: 'Recent searches',
  forget: 'Clear recent searches',
  count: { one: '{count} result', other: '{count} results' },
  counted: { one: '{count} result for “{query}”', other: '{count} results for “{query}”' },
  all: 'All results',
  more: 'More results',
  filters: 'Filters',
  reset: 'Clear filters',
  moreValues: 'Show more',
  from: 'From',
  to: 'To',
  sort: 'Sort by',
  relevance: 'Relevance',
  ascending: '{key}, ascending',
  descending: '{key}, descending',
  move: 'to move',
  open: 'to open',
  close: 'Close',
  closes: 'to close',
  keepOffline: 'Keep the search for offline use',
};

/** Says something by its key. @typedef {((key: keyof Words, values?: any) => string) & { number: (number: number) => string }} Say */

/**
 * @param {Words} words
 * @param {string} language
 * @returns {Say}
 */
export function speaker(words, language) {
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language).format;
  return Object.assign((/** @type {keyof Words} */ key, /** @type {any} */ values = {}) => {
    const word = words[key];
    const text = typeof word === 'string' ? word : word[plural.select(values.count)] ?? word.other;
    return text.replace(/\{(\w+)\}/g, (_, name) => (name === 'count' ? number(values[name]) : values[name]));
  }, { number });
}

// What is found is shown in English rather than later.
const PATIENCE_MS = 3000;

/**
 * The words of the language that the page has where `host` stands; English where that has none.
 *
 * @param {Node} host
 * @param {string | undefined} folder
 * @returns {Promise<{ words: Words, language: string }>}
 */
export async function wordsFor(host, folder) {
  const language = languageOf(host);
  try {
    if (folder && language !== 'en') return { words: { ...english, ...await (await fetch(`${folder}${language}.json`, { signal: AbortSignal.timeout(PATIENCE_MS) })).json() }, language };
  } catch {
    // Not every language has words; that the search works is what counts.
  }
  return { words: english, language: 'en' };
}

/**
 * @param {any} node
 * @returns {string} the name of a file of words
 */
function languageOf(node) {
  const tag = node?.lang?.toLowerCase();
  // What has no language goes by what it lies in, be it another element's shadow.
  if (!tag) return node ? languageOf(node.parentNode ?? node.host) : 'en';
  if (/^zh-(hant|tw|hk|mo)/.test(tag)) return 'zh-tw';
  return /^n[no]\b/.test(tag) ? 'nb' : /^(pt-br|sr-latn|[a-z]*)/.exec(tag)?.[0] ?? '';
}

/**
 * A message of the machine, or a phrase, as a sentence. A name of a file that it begins with stays as it is.
 *
 * @param {string} message
 */
export function sentence(message) {
  return message.replace(/^\p{CWT}(?=\p{L}* )/u, (letter) => letter.toUpperCase()) + (/\p{Po}$/u.test(message) ? '' : '.');
}
