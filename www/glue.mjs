// Makes the glue of wasm-bindgen smaller: leaves out what no browser of today needs, nor an engine that lives as long as its memory.
//
// The version of wasm-bindgen is held in Cargo.lock. When a newer one writes its glue in another way, what is named here is not found,
// and the build says so: then this list is to be held against www/dist/glue/engine.js.

/** What is taken out, or what takes its place. @type {[RegExp, string][]} */
const SMALLER = [
  // Our engine is never freed by itself: its worker ends, or its module with all its memory goes.
  [/ {4}__destroy_into_raw\(\) \{.*?\n {4}\}\n {4}free\(\) \{.*?\n {4}\}\n/s, ''],
  [/^if \(Symbol\.dispose\).*\n/m, ''],
  [/^const EngineFinalization = .*?;\n\n/ms, ''],
  [/^ *EngineFinalization\.register\(.*\n/m, ''],
  // Grown memory has a buffer of its own.
  [/(?<=function getDataViewMemory0\(\) \{\n {4}if \().*?(?=\) \{\n)/s, 'cachedDataViewMemory0?.buffer !== wasm.memory.buffer'],
  [/(?<=function getUint8ArrayMemory0\(\) \{\n {4}if \().*?(?=\) \{\n)/s, 'cachedUint8ArrayMemory0?.buffer !== wasm.memory.buffer'],
  // Imports are looked up by names that no object has by itself.
  [/^ *__proto__: null,\n/gm, ''],
  // Bytes are of one byte.
  [/ [*/] 1(?=[,)])/g, ''],
  // Strings are short, so one that is encoded first and copied then costs nothing that shows.
  [/(?<=function passStringToWasm0\(arg, malloc)(, realloc\) \{\n) {4}if .*?( {8}const buf = .*?return ptr;\n).*?\n\}\n/s, ') {\n$2}\n'],
  [/(?<=passStringToWasm0\(\w+, wasm\.\w+), wasm\.\w+(?=\))/g, ''],
  [/^if \(!\('encodeInto' in .*?\n\}\n/ms, ''],
  // A decoder of Safari's fails after two gigabytes, which no reader's searches come to.
  [/(?<=function decodeText\(bytes\) \{\n).*?(?= {4}return cachedTextDecoder\.decode\(bytes\);)/s, ''],
  [/^cachedTextDecoder\.decode\(\);\n/m, ''],
  // What goes to WebAssembly becomes a number there, if it is none.
  [/(?<=const val\d+ = )\+/g, ''],
  // It is called with a compiled module alone.
  [/(?<=function initSync\()module\) \{\n.*?(?= {4}const imports)/s, '{ module }) {\n'],
  [/ {4}if \(!\(module instanceof WebAssembly\.Module\)\) \{\n.*?\n {4}\}\n(?= {4}const instance = new WebAssembly\.Instance)/s, ''],
];

/** @param {string} glue */
export function smaller(glue) {
  return SMALLER.reduce((text, [pattern, replacement]) => {
    const made = text.replace(pattern, replacement);
    if (made === text) throw new Error(`the glue has nothing like ${pattern}: hold the list in www/glue.mjs against www/dist/glue/engine.js`);
    return made;
  }, glue);
}
