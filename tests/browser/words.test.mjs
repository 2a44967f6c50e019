// Each language's words say all that English says, in forms that its plurals and the view can use.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { parseRoot } from '../../www/src/root.js';
import { english as own } from '../../www/src/view/strings.js';

/** @typedef {Record<string, string | Record<string, string>>} Words */

const folder = new URL('../../www/words/', import.meta.url);
const names = (await readdir(folder)).sort();
const languages = names.map((name) => name.replace(/\.json$/, ''));

/** @type {Map<string, { text: string, words: Words }>} */
const all = new Map();
for (const language of languages) {
  const text = await readFile(new URL(`${language}.json`, folder), 'utf8');
  all.set(language, { text, words: JSON.parse(text) });
}
const english = /** @type {Words} */ (all.get('en')?.words);

/** Every text of a language, with its key and, where it depends on a number, its plural category. @param {Words} words */
function texts(words) {
  return Object.entries(words).flatMap(([key, value]) => (typeof value === 'string'
    ? [{ key, category: '', text: value }]
    : Object.entries(value).map(([category, text]) => ({ key, category, text }))));
}

/** @param {string} text */
function placeholders(text) {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
}

/** Whether one number alone has this form, which may then be written out: “two results”. @param {string} language @param {string} category */
function isOneNumber(language, category) {
  const rules = new Intl.PluralRules(language);
  return Array.from({ length: 2001 }, (_, number) => rules.select(number)).filter((chosen) => chosen === category).length === 1;
}

test('the loader takes a root with words or without, and none that leads out of the bundle', () => {
  /** @param {Record<string, unknown>} more */
  const read = (more) => parseRoot(JSON.stringify({
    checksum: '0123456789abcdef',
    format: 1,
    files: { engine: 'engine.0123456789abcdef.wasm', view: 'view.js', worker: 'worker.js', ...more },
    heads: [{ language: 'en', file: 'en.head' }],
  })).files.words;
  assert.equal(read({}), undefined);
  assert.equal(read({ words: 'words.0123456789abcdef/' }), 'words.0123456789abcdef/');
  for (const words of ['', '/', '../', '/words/', 'words//', 'words/../', './', 'https://example.org/', '//example.org/', 'words/?', 5, {}, [], true]) {
    assert.throws(() => read({ words }), { code: 'damaged' }, `${JSON.stringify(words)}`);
  }
});

test('the view’s own English is that of the file', () => {
  assert.deepEqual(own, english);
});

test('there are forty languages and more, by their tags', () => {
  assert.ok(languages.length >= 40, `${languages.length}`);
  for (const [at, language] of languages.entries()) {
    assert.equal(`${language}.json`, names[at], 'nothing else stands among the words');
    assert.equal(Intl.getCanonicalLocales(language)[0].toLowerCase(), language, 'a file is named by its tag in small letters');
  }
});

for (const [language, { text, words }] of all) {
  test(`${language} says what English says`, () => {
    assert.deepEqual(Object.keys(words), Object.keys(english), 'all keys, in this order, and no others');
    for (const [key, value] of Object.entries(words)) {
      assert.equal(typeof value, typeof english[key], key);
      if (typeof value === 'string') assert.deepEqual(placeholders(value), placeholders(/** @type {string} */ (english[key])), key);
    }
    assert.doesNotMatch(text, /\\/, 'characters stand as themselves');
    const named = texts(words).length + Object.values(words).filter((value) => typeof value !== 'string').length;
    assert.equal([...text.matchAll(/"\w+": /g)].length, named, 'no key stands twice');
    assert.equal(text, text.normalize('NFC'));
  });

  test(`${language} has a form for each kind of number`, () => {
    const categories = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
    for (const [key, value] of Object.entries(words)) {
      if (typeof value === 'string') continue;
      assert.deepEqual(Object.keys(value).sort(), categories, key);
      const expected = placeholders(/** @type {Record<string, string>} */ (english[key]).other);
      for (const [category, form] of Object.entries(value)) {
        const found = placeholders(form);
        const isWhole = category === 'other' || !isOneNumber(language, category);
        assert.deepEqual(isWhole || found.includes('count') ? found : [...found, 'count'].sort(), expected, `${key}, ${category}`);
      }
    }
  });

  test(`${language} is translated`, () => {
    if (language === 'en') return;
    const sentences = Object.entries(english).filter(([, value]) => typeof value === 'string' && /\w \w/.test(value));
    assert.ok(sentences.length > 10);
    for (const [key, value] of sentences) assert.notEqual(words[key], value, key);
  });

  test(`${language} is plain text`, () => {
    for (const { key, category, text: words_ } of texts(words)) {
      const at = `${key} ${category}: ${words_}`;
      assert.notEqual(words_, '', at);
      assert.equal(words_, words_.trim(), at);
      assert.doesNotMatch(words_, /[<>&\p{Cc}]|\p{Zs}\p{Zs}/u, at);
      assert.doesNotMatch(words_.replaceAll(/\{\w+\}/g, ''), /[{}]/, at);
      // A straight quotation mark, or three points for an ellipsis, are those of a typewriter.
      assert.doesNotMatch(words_, /["']|\.\.\./, at);
    }
  });
}
