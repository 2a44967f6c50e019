// Asks the server that `searchlet serve` runs, and shows how its answer comes about.
// @ts-check

/**
 * @typedef {{ text: string, hit: boolean }} Segment
 * @typedef {{ what: string, score: number, parts?: Explanation[] }} Explanation
 * @typedef {{ url: string, title: string, score: number, missing: string[], excerpt: Segment[], explanation?: Explanation,
 *   passages: { title: string, url: string, excerpt: Segment[] }[] }} Hit
 * @typedef {{ query: string, total: number, complete: boolean, took_ms: number, suggestion?: string, touched?: string[],
 *   facets?: Record<string, { value: string | number, count: number }[]>, hits: Hit[] }} Found
 * @typedef {{ language: string, words: { text: string, term: string, is_prefix: boolean }[], joined: string[],
 *   demands: { text: string, is_unwanted: boolean }[] }} Understood
 * @typedef {{ name: string, bytes: number }} Fetched
 * @typedef {{ found: Found, understood: Understood[], opening: Fetched[], fetched: Fetched[], bundle: string, site?: string,
 *   documents: number, languages: string[], keys: string[], error?: string }} Tried
 */

/**
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} id
 */
const at = (id) => /** @type {E} */ (document.getElementById(id));

/** @type {HTMLFormElement} */ const form = at('form');
/** @type {HTMLInputElement} */ const query = at('query');
/** @type {HTMLInputElement} */ const limit = at('limit');
/** @type {HTMLSelectElement} */ const language = at('language');
/** @type {HTMLFieldSetElement} */ const keys = at('keys');

/** Long enough for the next key of a person who types, short enough not to be waited for. */
const PAUSE_MS = 60;

/** @type {AbortController | undefined} */ let asking;
/** @type {ReturnType<typeof setTimeout> | undefined} */ let pause;

/**
 * An element with what stands in it; text is text, whatever it says.
 *
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} inside
 */
function element(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** @param {number} count @param {string} noun */
const counted = (count, noun) => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** @param {number} bytes */
const size = (bytes) => (bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`);

/** @param {Segment[]} segments */
const excerpt = (segments) => segments.map(({ text, hit }) => (hit ? element('mark', {}, text) : text));

/**
 * Where a hit leads, if that is a place on the Web.
 *
 * @param {string} url
 * @param {string | undefined} site
 */
function href(url, site) {
  const scheme = URL.canParse(url) ? new URL(url).protocol : undefined;
  if (scheme) return scheme === 'https:' || scheme === 'http:' ? url : undefined;
  return site === undefined ? undefined : new URL(url, new URL(site, location.href)).href;
}

/** @param {string} text @param {string} url @param {string | undefined} site */
function link(text, url, site) {
  const target = href(url, site);
  return target === undefined ? text : element('a', { href: target }, text);
}

/** @param {Explanation} explanation @returns {HTMLElement} */
function branch({ what, score, parts = [] }) {
  const item = element('li', {}, element('span', {}, score.toLocaleString('en')), element('span', {}, what));
  if (parts.length > 0) item.append(element('ul', {}, ...parts.map(branch)));
  return item;
}

/** @param {Hit} hit @param {string | undefined} site */
function hitNode(hit, site) {
  const node = element(
    'article',
    { class: 'hit' },
    element('header', {}, element('h3', {}, link(hit.title, hit.url, site)), element('span', { class: 'score', title: 'score' }, hit.score.toLocaleString('en'))),
    element('p', { class: 'url' }, hit.url),
  );
  if (hit.excerpt.length > 0) node.append(element('p', { class: 'excerpt' }, ...excerpt(hit.excerpt)));
  if (hit.missing.length > 0) node.append(element('p', { class: 'soft' }, `without: ${hit.missing.join(', ')}`));
  if (hit.passages.length > 0) {
    const passage = (/** @type {Hit['passages'][0]} */ { title, url }) => element('li', {}, link(title, url, site));
    node.append(element('ul', { class: 'passages' }, ...hit.passages.map(passage)));
  }
  if (hit.explanation) {
    node.append(element('details', {}, element('summary', {}, 'How the score comes about'), element('ul', { class: 'tree' }, branch(hit.explanation))));
  }
  return node;
}

/** @param {Understood} understood @param {boolean} isOnly */
function understoodNode({ language: tag, words, joined, demands }, isOnly) {
  const head = element('tr', {}, element('th', { scope: 'col' }, 'typed'), element('th', { scope: 'col' }, 'looked up'));
  const rows = words.map(({ text, term, is_prefix }) => element('tr', {}, element('td', {}, text), element('td', {}, element('code', {}, is_prefix ? `${term}…` : term))));
  const more = joined.map((term) => element('tr', {}, element('td', { class: 'soft' }, 'as one'), element('td', {}, element('code', {}, term))));
  const signs = demands.map(({ text, is_unwanted }) => element('tr', {}, element('td', { class: 'soft' }, is_unwanted ? 'without' : 'demanded'), element('td', {}, element('code', {}, text))));
  const table = element('table', {}, head, ...rows, ...more, ...signs);
  if (!isOnly) table.prepend(element('caption', {}, tag));
  return rows.length + more.length + signs.length > 0 ? table : element('p', { class: 'soft' }, isOnly ? 'No words.' : `${tag}: no words.`);
}

/** @param {string} caption @param {Fetched[]} files */
function filesNode(caption, files) {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const rows = files.map((file) => element('tr', {}, element('td', {}, element('code', {}, file.name)), element('td', { class: 'figure' }, size(file.bytes))));
  return element('table', {}, element('caption', {}, `${caption}: ${counted(files.length, 'file')}, ${size(bytes)}`), ...rows);
}

/** @param {Tried} tried */
function show({ found, understood, opening, fetched, bundle, site, documents, languages, keys: known }) {
  at('bundle').textContent = `${bundle || 'this folder'}: ${counted(documents, 'document')}`;
  offer(languages, known);
  const said = [`${counted(found.total, 'document')} match best`, `${found.took_ms.toFixed(1)} ms`];
  if (!found.complete) said.push(`parts could not be read: ${(found.touched ?? []).join(', ')}`);
  const status = at('status');
  status.className = found.complete ? '' : 'bad';
  status.replaceChildren(found.query.trim() === '' ? '' : said.join(' · '));
  if (found.suggestion !== undefined) {
    const { suggestion } = found;
    const mend = element('button', { type: 'button' }, suggestion);
    mend.addEventListener('click', () => {
      query.value = suggestion;
      query.focus();
      void ask();
    });
    status.append(' · did you mean ', mend);
  }
  at('hits').replaceChildren(...found.hits.map((hit) => hitNode(hit, site)));
  at('understood').replaceChildren(...understood.map((one) => understoodNode(one, understood.length === 1)));
  const facets = Object.entries(found.facets ?? {});
  at('facets').hidden = facets.length === 0;
  at('facets').replaceChildren(element('h2', {}, 'Values'), ...facets.map(([key, values]) => {
    const rows = values.map(({ value, count }) => element('tr', {}, element('td', {}, String(value)), element('td', { class: 'figure' }, count.toLocaleString('en'))));
    return element('table', {}, element('caption', {}, key), ...rows);
  }));
  at('files').replaceChildren(filesNode('to open', opening), filesNode('for this query', fetched));
}

/**
 * Offers the languages and keys that there are, and keeps what was chosen.
 *
 * @param {string[]} languages
 * @param {string[]} known
 */
function offer(languages, known) {
  const chosen = language.value;
  language.replaceChildren(element('option', { value: '' }, 'all'), ...languages.map((tag) => element('option', { value: tag }, tag)));
  language.value = languages.includes(chosen) ? chosen : '';
  const offered = [...keys.querySelectorAll('input')].map(({ value }) => value);
  if (offered.join('\n') === known.join('\n')) return;
  keys.hidden = known.length === 0;
  keys.replaceChildren(element('legend', {}, 'Count values of'), ...known.map((key) => element('label', {}, element('input', { type: 'checkbox', name: 'facet', value: key }), ` ${key}`)));
}

/** @param {string} text */
function fail(text) {
  at('status').className = 'bad';
  at('status').textContent = text;
  for (const id of ['hits', 'understood', 'files']) at(id).replaceChildren();
  at('facets').hidden = true;
}

async function ask() {
  clearTimeout(pause);
  asking?.abort();
  const mine = (asking = new AbortController());
  const wanted = new URLSearchParams({ q: query.value, limit: limit.value || '10', language: language.value });
  for (const box of keys.querySelectorAll('input')) if (box.checked) wanted.append('facet', box.value);
  history.replaceState(null, '', query.value === '' ? location.pathname : `?${new URLSearchParams({ q: query.value })}`);
  const answer = at('answer');
  answer.classList.add('stale');
  try {
    const response = await fetch(`search?${wanted}`, { signal: mine.signal });
    /** @type {Tried} */
    const tried = await response.json();
    if (mine.signal.aborted) return;
    if (tried.error === undefined) show(tried);
    else fail(tried.error);
  } catch (error) {
    if (mine.signal.aborted) return;
    fail(`The server does not answer (${/** @type {Error} */ (error).message}); is \`searchlet serve\` still running?`);
  }
  answer.classList.remove('stale');
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void ask();
});
form.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(ask, PAUSE_MS);
});
query.value = new URLSearchParams(location.search).get('q') ?? '';
void ask();
