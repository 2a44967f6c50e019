/** Lunr as sites use it: each word as it stands, as a prefix, and with one edit, in falling weight. */
import lunr from 'lunr';

/** @param {import('../corpus.mjs').Document[]} documents */
export function build(documents) {
  const index = lunr(function () {
    this.ref('id');
    this.field('title', { boost: 3 });
    this.field('headings', { boost: 2 });
    this.field('text');
    documents.forEach((document, id) => this.add({ ...document, id }));
  });
  const shown = documents.map(({ url, title, excerpt }) => ({ url, title, excerpt }));
  return { index: index.toJSON(), shown };
}

/** @param {any} json */
export function load(json) {
  const index = lunr.Index.load(json.index);
  return async (/** @type {string} */ query) => {
    const words = lunr.tokenizer(query).map(String);
    // Built by hand: in its query language the punctuation of a title is an error.
    const found = index.query((clauses) => {
      for (const word of words) {
        clauses.term(word, { boost: 100 });
        clauses.term(word, { boost: 10, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
        if (word.length > 4) clauses.term(word, { boost: 1, usePipeline: false, editDistance: 1 });
      }
    });
    return found.slice(0, 10).map(({ ref }) => json.shown[Number(ref)]);
  };
}
