/** Runs the engine behind messages. */
import { Engine, initSync } from '../dist/glue/engine.js';

/** @typedef {import('./contract.d.ts').Request} Request */
/** @typedef {import('./contract.d.ts').Reply} Reply */

/**
 * Takes requests, posts replies. Each request is answered under its id; a search that a newer one replaced may be answered
 * late or not at all, because its asker has been told already.
 *
 * @param {(reply: Reply) => void} post
 * @returns {(request: Request) => void}
 */
export function serve(post) {
  /** @type {Engine | undefined} */
  let engine;
  let searching = 0;

  /**
   * @param {Request} request
   * @returns {Promise<unknown>}
   */
  async function answer(request) {
    if (request.call === 'open') {
      // What takes long is compiling, which has been done.
      initSync({ module: request.module });
      engine = await Engine.open(request.base, request.root, request.language);
      return { documents: engine.documents };
    }
    if (!engine) return undefined;
    if (request.call === 'suggest') return engine.suggest(request.text, request.options);
    if (request.call === 'search') {
      engine.cancel();
      searching = request.id;
      return engine.search(request.text, request.options);
    }
    if (request.call === 'cancel' && request.id === searching) engine.cancel();
    if (request.call === 'close') {
      engine.free();
      engine = undefined;
    }
    return undefined;
  }

  return (request) => {
    answer(request).then(
      (value) => post({ id: request.id, value }),
      (error) => post({ id: request.id, problem: describe(error) }),
    );
  };
}

/**
 * @param {any} error
 * @returns {{ code: string, message: string }}
 */
function describe(error) {
  const trapped = error instanceof WebAssembly.RuntimeError;
  return { code: trapped ? 'crashed' : String(error?.code ?? 'failed'), message: String(error?.message ?? error) };
}

/** @type {any} */
const scope = globalThis;
if (typeof scope.DedicatedWorkerGlobalScope === 'function' && scope instanceof scope.DedicatedWorkerGlobalScope) {
  scope.onmessage = function (/** @type {MessageEvent<Request>} */ event) {
    receive(event.data);
  };
  const receive = serve((reply) => scope.postMessage(reply));
  scope.postMessage('ready');
}
