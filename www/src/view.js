/** Brings a search field to life. */
import { announcer } from './view/announce.js';
import { arrive, depart } from './view/arrival.js';
import { asking, tell } from './view/ask.js';
import { wordsOf } from './view/hit.js';
import { borrow } from './view/lent.js';
import { page } from './view/page.js';
import { popup } from './view/popup.js';
import { initial, isSlow } from './view/state.js';
import { speaker, wordsFor } from './view/strings.js';
import { STYLE } from './view/style.js';

export { arrive };

/** @typedef {import('./contract.d.ts').Place} Place */
/** @typedef {import('./contract.d.ts').Part} Part */
/** @typedef {import('./contract.d.ts').Words} Words */
/** @typedef {import('./view/state.js').State} State */

/**
 * Mounts the view: every listener goes when the place's signal is aborted.
 *
 * @param {Place} place
 */
export function mount(place) {
  const { host, root, input, field, panel, status, kind, signal, tools } = place;
  borrow(tools);
  tools.adopt(root, STYLE);
  const announce = announcer(status, panel, signal);
  /** @type {import('./view/strings.js').Say | undefined} */
  let say;
  const asker = asking(place, paint);
  const part = (kind === 'results' ? page : popup)(place, asker);

  panel.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    const query = /** @type {HTMLElement | null} */ (target.closest('[data-query]'))?.dataset.query;
    const link = target.closest('a');
    const act = target.closest('button')?.className ?? '';
    if (query) {
      input.focus();
      host.value = query;
    } else if (act === 'again') {
      input.focus();
      asker.again();
    } else if (act) part.acts[act]?.();
    else if (link) follow(link, event);
  }, { signal });
  part.begin();
  wordsFor(host, place.words).then(({ words, language }) => {
    say = speaker({ ...words, ...host.words }, language);
    for (const node of /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll('[data-word]'))) {
      const word = say(/** @type {keyof Words} */ (node.dataset.word));
      if (node.placeholder === node.ariaLabel) node.placeholder = word;
      if (node.ariaLabel) node.ariaLabel = word;
      else if (node.title) node.title = word;
      else node.textContent = word;
    }
    paint(asker.state, initial);
  });

  /**
   * @param {State} state
   * @param {State} last
   */
  function paint(state, last) {
    // Until the words have come nothing is shown, though already searched.
    if (!say || signal.aborted) return;
    part.paint(state, last, say);
    field.toggleAttribute('data-busy', isSlow(state));
    panel.ariaBusy = String(isSlow(state));
    announce(state, last);
  }

  /**
   * Tells the page that a hit is about to be followed, then leaves the words for the page it leads to.
   *
   * @param {HTMLAnchorElement} link
   * @param {MouseEvent} event
   */
  function follow(link, event) {
    const { href } = link;
    const newTab = event.ctrlKey || event.metaKey || event.shiftKey || link.target === '_blank';
    const hit = asker.state.found?.hits[Number(/** @type {HTMLElement | null} */ (link.closest('[data-hit]'))?.dataset.hit)];
    if (!href || !hit) return;
    if (!tell(host, 'select', { href, hit, newTab })) return event.preventDefault();
    // Another tab has a storage of its own.
    if (newTab) return;
    part.leave();
    if (depart(href, wordsOf(hit))) event.preventDefault();
  }
}
