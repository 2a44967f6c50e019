import type { State } from './view/state.js';
import type { Say } from './view/strings.js';

// The shapes that cross a border: between the loader, the worker, the view and the page that uses them.

/** A run of text; `hit` says that the query matched it. Text is never markup. */
export interface Segment {
  text: string;
  hit: boolean;
}

/** A heading of a document together with what stands under it. */
export interface Passage {
  title: string;
  /** Relative to the site, percent-encoded, with the passage as `#id`. */
  url: string;
  excerpt: Segment[];
  /** `url` resolved against the site; empty when the result is not a safe address. Not enumerable. */
  readonly href: string;
}

export interface Hit {
  url: string;
  title: string;
  score: number;
  /** The query's words that the document lacks; absent when it lacks none. */
  missing?: string[];
  meta?: Record<string, unknown>;
  excerpt: Segment[];
  passages: Passage[];
  /** Of several bundles that are searched as one, the number of the one that the hit is from; absent for the first. */
  bundle?: number;
  /** How the score comes about, if that was asked for; the parts of each figure add up to it. */
  explanation?: Explanation;
  /** `url` resolved against the site; empty when the result is not a safe address. Not enumerable. */
  readonly href: string;
}

export interface Explanation {
  what: string;
  score: number;
  parts?: Explanation[];
}

export interface Found {
  query: string;
  total: number;
  /** False when a part of the index could not be read, so that hits may be lacking. */
  complete: boolean;
  took_ms: number;
  suggestion?: string;
  /** Of each facet that was asked for, the commonest values first, counted over all documents of `total`. */
  facets?: Record<string, { value: string | number; count: number }[]>;
  /** Words of the query and keys of which the answer does not know all, when it is not complete. */
  touched?: string[];
  hits: Hit[];
}

export interface Suggestion {
  text: string;
  total: number;
}

export interface BundleOptions {
  /** The bundle's folder; the loader's own folder unless given. */
  base?: string | URL | undefined;
  /** What the urls of hits are relative to; the bundle's parent folder unless given. */
  site?: string | URL | undefined;
}

export interface OpenOptions extends BundleOptions {
  /** The language to search, where the bundle has documents in it, else all; the page's own unless given, `'*'` for all. */
  language?: string | undefined;
  /** `false` keeps the engine on the page's own thread. */
  worker?: boolean | undefined;
}

/** A value, a list of which one will do, or conditions that must all hold. */
export type Filter = string | number | boolean | Filter[] | {
  any?: Filter[];
  all?: Filter[];
  not?: Filter;
  /** Numbers, or texts such as dates; both bounds count, and all of 2024 is up to `'2024'`. */
  min?: string | number | undefined;
  max?: string | number | undefined;
};

export interface SearchOptions {
  limit?: number | undefined;
  offset?: number;
  /** What the metadata of a hit must be, by key; all of it. */
  filters?: Record<string, Filter>;
  /** Keys of which to count the values. */
  facets?: string[];
  /** At most this many values of each; 50 unless given. */
  facetValues?: number;
  /** `'date:desc'`, `'kind,date:desc'`, or a list of such keys; by how well they match unless given. */
  sort?: string | string[];
  explain?: boolean;
  signal?: AbortSignal;
  /** Only searches of one asker take each other's place; all of an index have one unless given. */
  asker?: object;
}

/** What `open` gives. */
export interface Index {
  search(query: string, options?: SearchOptions): Promise<Found>;
  suggest(text: string, options?: { limit?: number; signal?: AbortSignal }): Promise<Suggestion[]>;
  close(): void;
}

/** index.json, whose names outrank all others. */
export interface Root {
  /** The raw text, which the engine checks against the checksum inside it. */
  text: string;
  checksum: string;
  files: {
    engine: string;
    view: string;
    worker: string;
    /** A folder, with its `/`, of one `<language>.json` for each language that the bundle has words of. */
    words?: string;
  };
  heads: { language: string; file: string }[];
}

/** What Searchlet says in one language; `{count}` and the like are filled in. */
export type Words = Record<
  | 'search' | 'hits' | 'searching' | 'stalled' | 'failed' | 'offline' | 'offlineHint' | 'again' | 'partial' | 'missing' | 'empty' | 'hint'
  | 'suggestion' | 'completions' | 'recent' | 'forget' | 'all' | 'more' | 'filters' | 'reset' | 'moreValues' | 'from' | 'to' | 'sort'
  | 'relevance' | 'ascending' | 'descending' | 'move' | 'open' | 'close' | 'closes' | 'keepOffline',
  string
> & Record<'count' | 'counted', { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>>;

/** An element of Searchlet, as a page's script knows it. */
export interface Host extends HTMLElement {
  /** What stands in the field; setting it searches. */
  value: string;
  /** Words in place of the usual ones. To be set before anyone searches. */
  words?: Partial<Words>;
  /** Makes what is shown of a hit, in place of the usual. */
  render?(hit: Hit, tools: { segments(excerpt: Segment[]): (Node | string)[] }): Node;
}

/** Details of the events that the elements fire; all of them bubble, also out of shadow roots. */
export interface Events {
  /** Before a search; `options` may be changed. */
  'searchlet-search': CustomEvent<{ query: string; options: SearchOptions }>;
  /** Once its answer is shown. */
  'searchlet-results': CustomEvent<{ found: Found }>;
  /** Before a hit is followed, which `preventDefault` prevents. */
  'searchlet-select': CustomEvent<{ href: string; hit: Hit; newTab: boolean }>;
  /** When there is no answer; the error has a `code`. */
  'searchlet-error': CustomEvent<{ error: Error & { code?: string } }>;
}

/** Where a view lives: made by an element of the loader, handed to the view's `mount`. */
export interface Place {
  host: Host;
  root: ShadowRoot;
  input: HTMLInputElement;
  field: HTMLElement;
  /** What takes the words in a form of the page's own, if there is one. */
  taker(): HTMLInputElement | null;
  /** Where the view puts the hits. */
  panel: HTMLElement;
  /** The live region that tells screen readers how many hits there are. */
  status: HTMLElement;
  /** The panel of a box is a popup that closes by itself. */
  kind: 'box' | 'dialog' | 'results';
  tools: Tools;
  /** The folder of words in other languages, if the bundle has one. */
  words: string | undefined;
  /** Aborted when the element leaves the page. */
  signal: AbortSignal;
  /** The open index; rejects with a message for people. */
  index(): Promise<Index>;
}

/** What the loader lends the view. */
export interface Tools {
  element: typeof import('./element.js').element;
  icon: typeof import('./element.js').icon;
  adopt: typeof import('./frame.js').adopt;
}

/** What of a view differs between a popup and a page of results. */
export interface Part {
  begin(): void;
  paint(state: State, last: State, say: Say): void;
  /** A hit is about to be followed. */
  leave(): void;
  /** What the buttons do, by their parts. */
  acts: Record<string, () => unknown>;
}

/** The module that the loader imports on first interest. */
export interface ViewModule {
  mount(place: Place): void;
  /** Highlights the words that a search on another page has left for this one. */
  arrive(): void;
}

/** What the worker understands; every message but `close` is answered under its id. */
export type Request =
  | { id: number; call: 'open'; module: WebAssembly.Module; bundles: { base: string; root: string }[]; language: string }
  | { id: number; call: 'search' | 'suggest'; text: string; options: Omit<SearchOptions, 'signal'> }
  | { id: number; call: 'cancel' }
  | { id: number; call: 'close' };

/** A worker's answer; the first message of a worker is `ready` alone. */
export type Reply =
  | { id: number; value: unknown; problem?: undefined }
  | { id: number; value?: undefined; problem: { code: string; message: string; file?: string | undefined; status?: number | undefined; roots?: string[] | undefined } };

/** The module that runs the engine, in a worker or, imported, on the page's thread. */
export interface WorkerModule {
  serve(post: (reply: Reply) => void): (request: Request) => void;
}
