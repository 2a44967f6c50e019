/** Builds the index of one library as one file of JSON: `node library.mjs NAME CORPUS FOLDER`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import { documents } from './corpus.mjs';

const [, , name, corpus, folder] = argv;
const { build } = await import(`./libraries/${name}.mjs`);
const all = [];
for await (const document of documents(corpus)) all.push(document);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'index.json'), JSON.stringify(await build(all)));
