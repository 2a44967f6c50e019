/** MiniSearch with what its README advises: prefixes, one edit in five letters, titles above text. */
import MiniSearch from 'minisearch';

const OPTIONS = {
  idField: 'url',
  fields: ['title', 'headings', 'text'],
  storeFields: ['title', 'excerpt'],
  searchOptions: { prefix: true, fuzzy: 0.2, boost: { title: 3, headings: 2 } },
};

/** @param {import('../corpus.mjs').Document[]} documents */
export function build(documents) {
  const index = new MiniSearch(OPTIONS);
  index.addAll(documents);
  return index.toJSON();
}

/** @param {any} json */
export function load(json) {
  const index = MiniSearch.loadJS(json, OPTIONS);
  return async (/** @type {string} */ query) =>
    index.search(query).slice(0, 10).map(({ id, title, excerpt }) => ({ url: id, title, excerpt }));
}
