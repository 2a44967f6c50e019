/** Orama with its own defaults: prefixes, no edits, titles above text. */
import { create, insertMultiple, load as restore, save, search } from '@orama/orama';

const EMPTY = { schema: { title: 'string', headings: 'string', text: 'string' }, language: 'english' };

/** @param {import('../corpus.mjs').Document[]} documents */
export async function build(documents) {
  const index = create(EMPTY);
  await insertMultiple(index, documents, 500);
  const json = save(index);
  // It stores documents whole. A site would keep what it shows, so the text goes here as it does for the others.
  for (const document of Object.values(json.docs.docs)) {
    delete document.text;
    delete document.headings;
  }
  return json;
}

/** @param {any} json */
export function load(json) {
  const index = create(EMPTY);
  restore(index, json);
  return async (/** @type {string} */ query) => {
    const { hits } = await search(index, { term: query, limit: 10, boost: { title: 3, headings: 2 } });
    return hits.map(({ document: { url, title, excerpt } }) => ({ url, title, excerpt }));
  };
}
