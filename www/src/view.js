/** Brings a search field to life. */
import { announcer } from './view/announce.js';
import { arrive, depart } from './view/arrival.js';
import { Asker, tell } from './view/ask.js';
import { wordsOf } from './view/hit.js';
import { page } from './view/page.js';
import { popup } from './view/popup.js';
import { initial, isSlow } from './view/state.js';
import { speaker, wordsFor } from './view/strings.js';
import { viewSheet } from './view/style.js';

export { arrive };

/** @typedef {import('./contract.d.ts').Place} Place */
/** @typedef {import('./contract.d.ts').Words} Words */
/** @typedef {import('./contract.d.ts').Part} Part */
/** @typedef {import('./view/state.js').State} State */

/**
 * Mounts the view: every listener goes when the place's signal is aborted.
 *
 * @param {Place} place
 */
export function mount(place) {
  const { host, root, input, field, panel, status, kind, signal } = place;
  const announce = announcer(status, signal);
  /** @type {import('./view/strings.js').Say | undefined} */
  let say;
  const asker = new Asker(place, paint);
  const part = kind === 'results' ? page(place, asker) : popup(place, asker, follow);

  root.adoptedStyleSheets = [...root.adoptedStyleSheets, viewSheet()];
  panel.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const query = event.target.closest('[data-query]')?.getAttribute('data-query');
    const link = event.target.closest('a');
    const button = event.target.closest('button');
    if (query) {
      input.focus();
      host.value = query;
    } else if (button) {
      if (button.className === 'again') input.focus();
      /** @type {Part["acts"]} */ ({ again: () => asker.again(), ...part.acts })[button.className]?.();
    } else if (link) follow(link, event, event.ctrlKey || event.metaKey || event.shiftKey);
  }, { signal });
  part.begin();
  void speak();

  /** Until the words have come nothing is said, though already searched. */
  async function speak() {
    const { words, language } = await wordsFor(host, place.words);
    if (signal.aborted) return;
    say = speaker({ ...words, ...host.words }, language);
    for (const node of /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll('[data-word]'))) {
      const word = say(/** @type {keyof Words} */ (node.dataset.word));
      if (node.placeholder === node.ariaLabel) node.placeholder = word;
      if (node.ariaLabel) node.ariaLabel = word;
      else node.textContent = word;
    }
    paint(asker.state, initial);
  }

  /**
   * @param {State} state
   * @param {State} last
   */
  function paint(state, last) {
    if (!say) return;
    part.paint(state, last, say);
    field.toggleAttribute('data-busy', isSlow(state));
    panel.setAttribute('aria-busy', String(isSlow(state)));
    announce(state, last, say);
  }

  /**
   * Tells the page that a hit is about to be followed, then leaves the words for the page it leads to.
   *
   * @param {HTMLElement} link
   * @param {Event} event
   * @param {boolean} newTab
   */
  function follow(link, event, newTab) {
    const href = link.getAttribute('href');
    const hit = asker.state.found?.hits[Number(link.closest('[data-hit]')?.getAttribute('data-hit'))];
    if (!href || !hit) return;
    if (!tell(host, 'select', { href, hit, newTab })) return event.preventDefault();
    // Another tab has a storage of its own.
    if (newTab) return;
    part.leave();
    if (depart(href, wordsOf(hit))) event.preventDefault();
  }
}
