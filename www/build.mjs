// Makes the files of www/dist that a bundle carries, from the modules of www/src.
//
// With esbuild (the usual way, `node build.mjs`) each product is bundled, then minified by esbuild, then by terser. Without Node the same products can be
// made by joining the files that products.json lists, in its order, each without
//   - lines that begin with `import ` or with `export {`,
//   - the word `export ` at the beginning of a line, or `export default ` there, in every file but the last.
// That is all there is to it, because every import of these modules stands on one line, and no two modules of a product use one name
// at the top. `node build.mjs --joined` follows the same rule, so that it can be tested.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { smaller } from './glue.mjs';

const here = new URL('./', import.meta.url);
const products = JSON.parse(await readFile(new URL('products.json', here), 'utf8'));

/** What stands in each product in place of something that is known when a site is indexed. @type {Record<string, string[]>} */
const MARKS = { 'searchlet.js': ['ROOT'], 'classic.js': ['ROOT', 'FILES'], 'service-worker.js': ['BUNDLE', 'WORKER'] };

/** @param {string[]} files */
export async function joined(files) {
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, here), 'utf8')));
  return texts.map((text, number) => strip(text, number === texts.length - 1)).join('\n');
}

/**
 * @param {string} text
 * @param {boolean} last
 */
function strip(text, last) {
  const lines = text.split('\n').filter((line) => !line.startsWith('import ') && (last || !line.startsWith('export {')));
  return (last ? lines : lines.map((line) => line.replace(/^export (default )?/, ''))).join('\n');
}

/** Letters for the properties that the sheets keep to themselves. They stay the same: a loader that is kept meets the view of a newer bundle. */
const LETTERS = { accent: 'a', gap: 'g', line: 'l', muted: 'm', radius: 'r', shadow: 'h', small: 'e', 'small-radius': 'c', sunken: 'k', surface: 's', target: 'b', text: 't' };

/**
 * Minifies what a minifier of CSS must leave alone, because only we know that nobody looks at it: values of custom properties.
 *
 * @param {string} text
 */
function squeezedStyle(text) {
  return text.replace(/([:,]) /g, '$1').replace(/--_([\w-]+)/g, (whole, name) => (Object.hasOwn(LETTERS, name) ? `--_${LETTERS[/** @type {keyof LETTERS} */ (name)]}` : whole));
}

async function bundled() {
  const { build, transform } = await import('esbuild');
  const { minify } = await import('terser');
  /** @type {import('esbuild').Plugin} */
  const texts = {
    name: 'texts',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]glue[/\\]engine\.js$/ }, async ({ path }) => ({ contents: smaller(await readFile(path, 'utf8')) }));
      // Style sheets stand in template literals, which no JavaScript minifier looks into.
      onLoad({ filter: /[/\\]src[/\\](frame|view[/\\]style)\.js$/ }, async ({ path }) => {
        const pieces = (await readFile(path, 'utf8')).split('`');
        for (let inside = 1; inside < pieces.length; inside += 2) {
          if (!pieces[inside].startsWith('\n')) continue;
          pieces[inside] = squeezedStyle((await transform(pieces[inside], { loader: 'css', minify: true })).code.trim());
        }
        return { contents: pieces.join('`') };
      });
    },
  };
  const shared = /** @type {const} */ ({ bundle: true, minify: true, target: 'es2022', charset: 'utf8', legalComments: 'none', write: false, logLevel: 'warning', plugins: [texts] });
  /** @param {import('esbuild').BuildResult<{ write: false }>} result */
  const squeezed = async ({ outputFiles }, module = true) => {
    // `unsafe` is for code that takes objects for texts, or has functions that are also classes: ours does not. Comparisons deflate
    // better as they were written than with their constants first.
    const compress = { ecma: /** @type {const} */ (2020), passes: 3, unsafe: true, unsafe_comps: true, unsafe_arrows: true, unsafe_methods: true, lhs_constants: false, pure_getters: true };
    const { code = '' } = await minify(outputFiles[0].text, { module, ecma: 2020, compress, format: { quote_style: 2 } });
    return code;
  };
  /** @type {[string, string][]} */
  const made = [];
  for (const name of Object.keys(products)) {
    const result = await build({ ...shared, entryPoints: [new URL(`src/${name}`, here).pathname], format: 'esm' });
    made.push([name, await squeezed(result)]);
  }
  // A classic script has no import.meta; its own address is known only while it is read. It holds the files of its bundle, so
  // what it fetches it has, and a worker would be another file.
  const result = await build({
    ...shared,
    entryPoints: [new URL('src/classic.js', here).pathname],
    format: 'iife',
    globalName: 'searchlet',
    define: { 'import.meta.url': 'SCRIPT_URL', fetch: 'packedFetch', Worker: 'undefined' },
    inject: ['script-url', 'packed'].map((name) => new URL(`src/${name}.js`, here).pathname),
  });
  made.push(['classic.js', await squeezed(result, false)]);
  return made;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const plain = process.argv.includes('--joined');
  const made = plain
    ? await Promise.all(Object.entries(products).map(async ([name, files]) => /** @type {[string, string]} */ ([name, await joined(files)])))
    : await bundled();
  await mkdir(new URL('dist/', here), { recursive: true });
  for (const [name, text] of made) {
    for (const mark of MARKS[name] ?? []) {
      if (text.split(`"@@${mark}@@"`).length !== 2) throw new Error(`${name} must hold "@@${mark}@@" exactly once, for searchlet to replace`);
    }
    await writeFile(new URL(`dist/${name}`, here), text);
    console.log(`${name.padEnd(14)} ${String(text.length).padStart(7)} bytes ${String(gzipSync(text, { level: 9 }).length).padStart(6)} gzipped`);
  }
}
