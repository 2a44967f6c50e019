/** FlexSearch with whole prefixes of words, the nearest that it has to search as you type. */
import { Document } from 'flexsearch';

const OPTIONS = {
  tokenize: 'forward',
  document: { id: 'id', index: ['title', 'headings', 'text'], store: ['url', 'title', 'excerpt'] },
};

/** @param {import('../corpus.mjs').Document[]} documents */
export async function build(documents) {
  const index = new Document(OPTIONS);
  documents.forEach((document, id) => index.add({ ...document, id }));
  /** @type {[string, string][]} */
  const parts = [];
  await index.export((key, data) => void parts.push([key, data]));
  return parts;
}

/** @param {[string, string][]} parts */
export function load(parts) {
  const index = new Document(OPTIONS);
  for (const [key, data] of parts) index.import(key, data);
  return async (/** @type {string} */ query) =>
    index.search(query, { limit: 10, enrich: true, merge: true }).slice(0, 10).map(({ doc }) => doc);
}
