/** One running engine: in a worker if the page can have one, else on its own thread. */
import { damage, explained } from './explained.js';
import { LONGEST_WAIT_MS, Problem, fetchFile } from './problem.js';
import { sources } from './sources.js';

/** @typedef {import('./contract.d.ts').Root} Root */
/** @typedef {import('./contract.d.ts').Reply} Reply */
/** @typedef {{ resolve: (value: any) => void, reject: (reason: unknown) => void }} Waiting */
/** @typedef {{ post: (message: any) => void, stop: () => void }} Port */
/** @typedef {{ base: URL, site: URL }} Bundle where its files are, and what its urls are relative to */
/** @typedef {{ bundles: Bundle[], language: string, worker: boolean }} Settings */

/**
 * Starts an engine on the bundles that `roots` name, the program that of the first. The worker, the engine's code and the heads are asked for at once:
 * on a slow link a wait costs more than bytes.
 *
 * @param {Root[]} roots
 * @param {Settings} settings
 * @returns {Promise<Engine>}
 */
export async function launch(roots, { bundles, language, worker }) {
  const [first, root] = [/** @type {Bundle} */ (bundles[0]), /** @type {Root} */ (roots[0])];
  const module = compile(new URL(root.files.engine, first.base));
  module.catch(() => {});
  const opened = roots.map((root, at) => {
    const base = /** @type {Bundle} */ (bundles[at]).base.href;
    warmHeads(root, base, language);
    return { base, root: root.text };
  });
  const engine = newEngine();
  try {
    await engine.start(new URL(root.files.worker, first.base).href, worker);
    await engine.ask({ call: 'open', module: await module, bundles: opened, language });
  } catch (/** @type {any} */ error) {
    engine.close(error);
    explained(error);
  }
  return engine;
}

/** @typedef {ReturnType<typeof newEngine>} Engine */

function newEngine() {
  /** @type {Port | undefined} */
  let port;
  let lastId = 0;
  let closed = false;
  /** @type {Map<number, Waiting>} */
  const all = new Map();

  /** @param {unknown} reason for those who wait */
  const close = (reason) => {
    closed = true;
    port?.stop();
    for (const { reject } of all.values()) reject(reason);
    all.clear();
  };

  /** @param {string} why */
  const crash = (why) => close(new Problem('crashed', `the search engine stopped (${why}); search again`));

  /** @param {Reply} reply */
  const receive = ({ id, value, problem }) => {
    if (problem?.code === 'crashed') return crash(problem.message);
    const waiting = all.get(id);
    all.delete(id);
    // The answer to a call that was aborted comes too late for anyone.
    if (problem) waiting?.reject(new Problem(problem.code, problem.message, problem));
    else waiting?.resolve(value);
  };

  return {
    close,

    /**
     * @param {string} url of the worker's module
     * @param {boolean} inWorker
     */
    async start(url, inWorker) {
      // A policy, a file: page or a bundle on another origin can each forbid the worker; the module itself may still load.
      port = await (inWorker ? workerPort(url, receive, crash) : Promise.reject()).catch(() => pagePort(url, receive));
      if (closed) port.stop();
    },

    /**
     * Sends one call and gives its answer.
     *
     * @param {object} call
     * @param {AbortSignal} [signal] sends a cancel when it is aborted
     * @returns {Promise<any>}
     */
    ask: (call, signal) => new Promise((resolve, reject) => {
      if (closed) throw new Problem('crashed', 'the search engine is not running; search again');
      const id = ++lastId;
      all.set(id, { resolve, reject });
      signal?.addEventListener('abort', () => {
        if (!all.delete(id)) return;
        port?.post({ id, call: 'cancel' });
        reject(signal.reason);
      }, { once: true });
      port?.post({ id, ...call });
    }),
  };
}

/**
 * @param {string} url
 * @param {(reply: Reply) => void} receive
 * @param {(why: string) => void} crash
 * @returns {Promise<Port>} rejects when the page may not have this worker
 */
function workerPort(url, receive, crash) {
  return new Promise((resolve, reject) => {
    // A worker must be of the page's origin, what it imports later need not be.
    const here = new URL(url).origin === location.origin;
    const script = here ? url : URL.createObjectURL(new Blob([`import(${JSON.stringify(url)}).catch(reportError)`], { type: 'text/javascript' }));
    const worker = new Worker(scriptUrl(script), { type: 'module', name: 'searchlet' });
    let ready = false;
    worker.onmessage = ({ data }) => {
      if (ready) return receive(data);
      // A worker speaks first: until then an error means that it could not be loaded, after that it means a crash.
      ready = true;
      URL.revokeObjectURL(script);
      resolve({ post: (message) => worker.postMessage(message), stop: () => worker.terminate() });
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      if (ready) crash(event.message);
      else reject(event);
    };
    setTimeout(() => {
      if (ready) return;
      worker.terminate();
      reject();
    }, LONGEST_WAIT_MS);
  });
}

let pageEngines = 0;

/**
 * @param {string} url
 * @param {(reply: Reply) => void} receive
 * @returns {Promise<Port>}
 */
async function pagePort(url, receive) {
  // A fragment of its own makes a module of its own, so that an engine started again has fresh memory.
  const module = await sources.worker(`${url}#${++pageEngines}`).catch(() => {
    throw new Problem('missing', '', { file: url.replace(/.*\//, '') });
  });
  let stopped = false;
  const post = module.serve((reply) => { if (!stopped) receive(reply); });
  return {
    post,
    stop() {
      post({ id: 0, call: 'close' });
      stopped = true;
    },
  };
}

/**
 * Fetches and compiles the engine while the worker starts.
 *
 * @param {URL} url
 */
function compile(url) {
  return fetchFile(url, 'default', (bytes) => WebAssembly.compile(bytes).catch((error) => {
    if (/unsafe-eval|CSP/.test(String(error))) {
      throw new Problem('blocked', "this page's Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to its script-src");
    }
    throw new Problem('damaged', damage(url.pathname.replace(/.*\//, ''), 'is cut short or not WebAssembly'));
  }));
}

/**
 * Brings the heads into the browser's cache, where the engine finds them when it has started.
 *
 * @param {Root} root
 * @param {string} base
 * @param {string} language
 */
function warmHeads(root, base, language) {
  // The engine, too, goes by the primary subtag: `pt-BR` is looked for under `pt`.
  const primary = language.toLowerCase().split(/[-_]/)[0];
  const chosen = root.heads.filter((head) => head.language === primary);
  for (const { file } of chosen.length ? chosen : root.heads) {
    // Whatever goes wrong here, the engine will meet it as well, and report it.
    fetchFile(new URL(file, base), 'default', () => {}).catch(() => {});
  }
}

/** @type {{ createScriptURL(url: string): any } | undefined} */
let policy;

/**
 * Under Trusted Types a worker's address must come from a policy; a site allows ours by its name, `searchlet`.
 *
 * @param {string} url one that index.json named and was checked, or the page's author wrote
 */
export function scriptUrl(url) {
  policy ??= /** @type {any} */ (globalThis).trustedTypes?.createPolicy('searchlet', { createScriptURL: (/** @type {string} */ trusted) => trusted });
  return policy?.createScriptURL(url) ?? url;
}
