/** What an element does so that its search works offline. */
import { element } from './element.js';
import { scriptUrl } from './engine.js';

/**
 * Registers the worker that `service-worker` names; with `offline="all"` puts a button beside the input that tells how much
 * there is to keep, and keeps it.
 *
 * @param {HTMLElement} host
 * @param {HTMLElement} input
 * @param {string} bundle its folder
 * @param {AbortSignal} signal
 */
export async function offline(host, input, bundle, signal) {
  // There is none over plain HTTP, nor for files.
  const { serviceWorker } = navigator;
  const path = host.getAttribute('service-worker');
  const button = element('button', { part: 'offline', type: 'button', title: 'Keep the search for offline use', 'data-word': 'keepOffline', hidden: '' });
  // Put there at once, it is found when the words of the page's language come.
  input.after(button);
  // Why it could not be registered the browser itself says on its console.
  if (path) await serviceWorker?.register(scriptUrl(path)).catch(() => {});
  if (!serviceWorker || host.getAttribute('offline') !== 'all') return;
  const { active } = await serviceWorker.ready;
  const ask = (/** @type {string} */ type) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data: { problem, text, kept, bytes } }) => {
      button.textContent = text;
      if (problem) button.title = problem;
      if (kept < bytes) button.hidden = false;
    };
    active?.postMessage({ type, bundle }, [port2]);
  };
  button.addEventListener('click', () => ask('searchlet-keep'), { signal });
  ask('searchlet-size');
}
