/** Runs the engine behind messages. */
import { Engine, initSync } from '../dist/glue/engine.js';
import { bringing } from './files.js';
import { Problem } from './problem.js';
import { refining } from './refining.js';

/** @typedef {import('./contract.d.ts').Request} Request */
/** @typedef {import('./contract.d.ts').Reply} Reply */

// The answer to whether the site was published anew holds for this long, however many searches lack a file.
const CURRENT_MS = 5000;

/**
 * Takes requests, posts replies. Each request is answered under its id; a search that a newer one replaced may be answered
 * late, because its asker has been told already.
 *
 * @param {(reply: Reply) => void} post
 * @returns {(request: Request) => void}
 */
export function serve(post) {
  /** @type {Engine} */
  let engine;
  /** @type {ReturnType<typeof bringing>} */
  let bring;
  /** @type {string[]} */
  let bases = [];
  /** @type {Promise<void> | undefined} */
  let current;
  /** @type {Map<number, AbortController>} */
  const running = new Map();

  /**
   * @param {Request} request
   * @returns {Promise<unknown>}
   */
  async function answer(request) {
    const { id, call } = request;
    if (call === 'cancel') return running.get(id)?.abort();
    if (call === 'close') return running.forEach((life) => life.abort());
    const life = new AbortController();
    running.set(id, life);
    try {
      if (call === 'open') {
        // What takes long is compiling, which has been done.
        initSync({ module: request.module });
        engine = new Engine(request.language);
        for (const { root } of request.bundles) engine.add(root);
        bases = request.bundles.map(({ base }) => base);
        bring = bringing(engine, bases);
      } else {
        const { limit, offset, explain } = request.options;
        const text = String(request.text);
        // What is no number is what was not asked for.
        if (call === 'suggest') engine.suggest(id, text, limit ?? NaN);
        else engine.search(id, text, limit ?? NaN, offset ?? NaN, !!explain, refining(request.options));
      }
      for (;;) {
        const step = engine.step(id);
        // Neither hits nor completions are numbers.
        if (typeof step[0] !== 'number') return step;
        const [problem] = (await bring(step, life.signal)).filter(Boolean);
        life.signal.throwIfAborted();
        if (!problem) continue;
        if (call === 'open') throw problem;
        await (current ??= beCurrent());
      }
    } finally {
      running.delete(id);
      engine?.end(id);
    }
  }

  /** Throws when a site has a newer bundle, whose parts must not be mixed with those at hand. */
  async function beCurrent() {
    setTimeout(() => { current = undefined; }, CURRENT_MS);
    // A root that cannot be had says nothing.
    const roots = await Promise.all(bases.map((base) => fetch(new URL('index.json', base), { cache: 'no-cache' }).then((response) => (response.ok ? response.text() : '')).catch(() => '')));
    if (roots.some((root, bundle) => engine.differs(bundle, root))) throw new Problem('stale', 'the site has a newer search index; open it again', { roots: roots.every(Boolean) ? roots : undefined });
  }

  return (request) => {
    answer(request).then(
      (value) => post({ id: request.id, value }),
      // What has no code is a trap of the engine, which cannot go on after it. That of an abort is not its own property.
      (error) => post({ id: request.id, problem: { ...error, code: error.code ?? (error instanceof TypeError ? 'options' : 'crashed'), message: error.message } }),
    );
  };
}

/** @type {any} */
const scope = globalThis;
// Only a worker has no document; imported by a page, this module waits to be asked.
if (!scope.document) {
  const receive = serve((reply) => scope.postMessage(reply));
  scope.onmessage = (/** @type {MessageEvent<Request>} */ event) => receive(event.data);
  scope.postMessage('ready');
}
