/** A corpus as documents for the libraries that read no files, or as pages for the peers that read nothing else. */
import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { env } from 'node:process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { parse } from 'parse5';

/**
 * What every library is given. `excerpt` stands in for what a result shows under its title.
 * @typedef {{ url: string, title: string, headings: string, text: string, excerpt: string }} Document
 */

/** Elements that hold no text of the page. */
const SILENT = new Set(['script', 'style', 'template', 'noscript', 'nav', 'footer', 'svg', 'form', 'iframe']);
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** Elements within a line, around which no space is put. */
const INLINE = new Set([
  'a', 'abbr', 'b', 'bdi', 'cite', 'code', 'em', 'i', 'kbd', 'mark', 'q', 's', 'samp', 'small', 'span', 'strong', 'sub', 'sup', 'u', 'var',
]);

/** @param {string} corpus a folder, or a file of JSON lines */
export async function isRecords(corpus) {
  return (await stat(corpus)).isFile();
}

/**
 * @param {string} corpus
 * @returns {AsyncGenerator<Document>}
 */
export async function* documents(corpus) {
  if (await isRecords(corpus)) {
    for await (const record of records(corpus)) {
      const headings = (record.headings ?? []).join('\n');
      yield document(record.url ?? record.id, record.title ?? '', headings, record.text ?? '');
    }
    return;
  }
  for (const file of await pages(corpus)) yield page(relative(corpus, file), await readFile(file, 'utf8'));
}

/**
 * A folder with the corpus as HTML, for a peer that reads nothing else: the corpus itself, or pages written to `folder`.
 *
 * @param {string} corpus
 * @param {string} folder
 * @param {string} [language] of records that do not name theirs
 */
export async function asPages(corpus, folder, language = 'en') {
  const records = await isRecords(corpus);
  if (!records && (await pages(corpus)).length > 0) return corpus;
  await rm(folder, { recursive: true, force: true });
  if (records) {
    await writePages(corpus, folder, language);
  } else {
    // Text and Markdown have no other reader here than our own, which also lays out pages.
    const bundle = join(folder, 'searchlet');
    await promisify(execFile)(env.SEARCHLET ?? 'searchlet', ['index', corpus, '-o', bundle, '--pages', folder, '--quiet', '--no-cache']);
    await rm(bundle, { recursive: true });
  }
  return folder;
}

/**
 * @param {string} corpus
 * @param {string} folder
 * @param {string} language
 */
async function writePages(corpus, folder, language) {
  for await (const { id, url, title, headings = [], text = '', lang = language } of records(corpus)) {
    const file = join(folder, ...String(url ?? id).split('/').filter(Boolean).map(encodeURIComponent), 'index.html');
    await mkdir(dirname(file), { recursive: true });
    const lines = String(text).split('\n').map((line) => `<p>${escaped(line)}</p>`);
    const parts = headings.map((/** @type {string} */ heading) => `<h2>${escaped(heading)}</h2>`);
    await writeFile(file, `<!doctype html><html lang="${escaped(lang)}"><meta charset="utf-8"><title>${escaped(title)}</title>
<main><h1>${escaped(title)}</h1>${parts.join('')}
${lines.join('\n')}</main>`);
  }
}

/**
 * Reads everything once, so that who comes first does not alone wait for the disk.
 *
 * @param {string} corpus
 */
export async function warm(corpus) {
  const names = await isRecords(corpus) ? [''] : await readdir(corpus, { recursive: true });
  const files = names.map((name) => join(corpus, name));
  for (const file of files) {
    if ((await stat(file)).isFile()) for await (const piece of createReadStream(file)) void piece;
  }
}

/**
 * Where a result leads, in the spelling of the known items.
 *
 * @param {string} url
 */
export function target(url) {
  return decodeURI(url).toLowerCase().replace(/[#?].*$/, '').replace(/(index)?\.html$/, '').replace(/^\/+|\/+$/g, '');
}

/** @param {string} corpus */
async function* records(corpus) {
  for await (const line of createInterface({ input: createReadStream(corpus), crlfDelay: Infinity })) {
    if (line.trim()) yield JSON.parse(line);
  }
}

/** @param {string} folder */
async function pages(folder) {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.html')).sort().map((name) => join(folder, name));
}

/**
 * @param {string} path
 * @param {string} html
 */
function page(path, html) {
  const tree = parse(html);
  const main = find(tree, 'main') ?? find(tree, 'body') ?? tree;
  /** @type {any[]} */
  const headings = [];
  const text = textOf(main, headings);
  const title = find(tree, 'title') ?? headings[0];
  const url = `/${path.split(sep).join('/').replace(/(^|\/)index\.html$/, '$1')}`;
  const line = (/** @type {any} */ node) => tidy(textOf(node, []));
  return document(url, title ? line(title) : '', headings.map(line).join('\n'), tidy(text));
}

/**
 * @param {string} url
 * @param {string} title
 * @param {string} headings
 * @param {string} text
 * @returns {Document}
 */
function document(url, title, headings, text) {
  return { url, title, headings, text, excerpt: text.slice(0, 200) };
}

/**
 * @param {any} node
 * @param {string} name
 * @returns {any}
 */
function find(node, name) {
  if (node.nodeName === name) return node;
  for (const child of node.childNodes ?? []) {
    const found = find(child, name);
    if (found) return found;
  }
  return undefined;
}

/**
 * @param {any} node
 * @param {any[]} headings those that were met
 * @returns {string}
 */
function textOf(node, headings) {
  if (node.nodeName === '#text') return node.value;
  if (SILENT.has(node.nodeName)) return '';
  if (HEADINGS.has(node.nodeName)) headings.push(node);
  const text = (node.childNodes ?? []).map((/** @type {any} */ child) => textOf(child, headings)).join('');
  return INLINE.has(node.nodeName) ? text : ` ${text} `;
}

/** @param {string} text */
function tidy(text) {
  return text.replace(/\s+/g, ' ').trim();
}

/** @param {string} text */
function escaped(text) {
  return String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
