/** What an element does so that its search works offline. */
import { element } from './element.js';
import { scriptUrl } from './engine.js';

/**
 * Registers the worker that `service-worker` names; with `offline="all"` puts a button into the field that tells how much
 * more there is to keep, and keeps it.
 *
 * @param {HTMLElement} host
 * @param {HTMLElement} field
 * @param {string} bundle its folder
 */
export async function offline(host, field, bundle) {
  const { serviceWorker } = navigator;
  const path = host.getAttribute('service-worker');
  const whole = host.getAttribute('offline') === 'all';
  // There is none over plain HTTP, nor for files.
  if (!serviceWorker || !(path || whole)) return;
  // What the page itself needs comes first.
  if (document.readyState !== 'complete') await new Promise((loaded) => addEventListener('load', loaded));
  if (path) await serviceWorker.register(scriptUrl(path));
  if (!whole) return;
  const { active } = await serviceWorker.ready;
  const button = element('button', { part: 'offline', type: 'button', 'aria-label': host.getAttribute('offline-label') ?? 'Keep the search for offline use' });
  const ask = (/** @type {string} */ type) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data: { bytes, kept, problem } }) => {
      const begun = type === 'searchlet-keep';
      button.disabled = begun && !problem;
      button.textContent = problem ? '↻' : kept === bytes ? '✓' : begun ? `${Math.floor(100 * kept / bytes)} %` : `↓ ${((bytes - kept) / 1e6).toFixed(1)} MB`;
      button.title = problem ?? button.ariaLabel;
      if (kept < bytes) field.append(button);
    };
    active?.postMessage({ type, bundle }, [port2]);
  };
  button.addEventListener('click', () => ask('searchlet-keep'));
  ask('searchlet-size');
}
