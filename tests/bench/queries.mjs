/** What is asked: queries that every report names, with known items from a file. */
import { readFile } from 'node:fs/promises';

/** Two words, two common words, a phrase, a sentence. */
export const NAMED = ['event listener', 'array map', 'content security policy', 'how to center a div'];

/** What is asked after each of them. */
export const AFTER_NAMED = 'promise all';

/**
 * A query with the page that it should find.
 * @typedef {{ kind: string, q: string, target?: string }} KnownItem
 */

/**
 * @param {string} path of a file of JSON lines
 * @returns {Promise<KnownItem[]>}
 */
export async function knownItems(path) {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((line, number) => {
    if (!line.trim()) return [];
    try {
      return [JSON.parse(line)];
    } catch {
      throw new Error(`${path}:${number + 1} is not JSON: each line should be {"kind": …, "q": …, "target": …}`);
    }
  });
}
