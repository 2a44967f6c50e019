/** The figures of one run as a table, with ratios to the peer that loads by the part. */
import { NAMED } from './queries.mjs';
import { quantile } from './statistics.mjs';

/**
 * @typedef {object} Run
 * @property {string} name
 * @property {string} date
 * @property {ReturnType<typeof import('./machine.mjs').machine>} machine
 * @property {number | undefined} maxFiles
 * @property {number} items
 * @property {number} queries
 * @property {any[]} engines
 */

/**
 * One figure: how it is read from what was measured of an engine, and whether less of it is better.
 * @typedef {{ label: string, unit: keyof typeof UNITS, read: (engine: any) => number | undefined, more?: true }} Figure
 */

/** The peer that the others are measured by. */
export const YARDSTICK = 'pagefind';

const UNITS = {
  count: (/** @type {number} */ value) => value.toLocaleString('en'),
  kB: (/** @type {number} */ value) => `${digits(value / 1e3)} kB`,
  MB: (/** @type {number} */ value) => `${digits(value / 1e6)} MB`,
  ms: (/** @type {number} */ value) => `${digits(value)} ms`,
  s: (/** @type {number} */ value) => `${digits(value)} s`,
  share: (/** @type {number} */ value) => `${(value * 100).toFixed(1)} %`,
};

/** @param {number} value */
function digits(value) {
  if (value === 0) return '0';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/**
 * Everything that a run can tell, in the order of the report.
 *
 * @param {Run} run
 * @returns {Figure[]}
 */
export function figures(run) {
  const kinds = new Set(run.engines.flatMap((engine) => (engine.costs ?? []).map((/** @type {any} */ cost) => cost.kind)));
  kinds.delete('named');
  return [
    { label: 'index time', unit: 's', read: (it) => it.build?.seconds },
    { label: 'index peak memory', unit: 'MB', read: (it) => it.build?.peak },
    { label: 'bundle', unit: 'MB', read: (it) => it.build?.bytes },
    { label: 'bundle files', unit: 'count', read: (it) => it.build?.files },
    ...NAMED.map((q) => cost(`first results, \`${q}\``, 'kB', 'bytes', 'max', (it) => it.q === q)),
    ...NAMED.map((q) => cost(`requests, \`${q}\``, 'count', 'requests', 'max', (it) => it.q === q)),
    ...(run.items ? quantiles('first results, known items', 'kB', 'bytes', known) : []),
    ...[...kinds].flatMap((kind) => quantiles(`first results, ${kind}`, 'kB', 'bytes', (it) => it.kind === kind)),
    ...(run.items ? quantiles('requests, known items', 'count', 'requests', known) : []),
    cost('second query after the named ones', 'kB', 'later', 'p50', (it) => it.kind === 'named'),
    ...(run.items ? quantiles('second query, known items', 'kB', 'later', known) : []),
    ...[...kinds].flatMap((kind) => quantiles(`second query, ${kind}`, 'kB', 'later', (it) => it.kind === kind)),
    ...NAMED.map((q) => /** @type {Figure} */ ({ label: `slow 4G, \`${q}\``, unit: 's', read: (it) => seconds(it.slow?.named[q]) })),
    ...(run.items ? ['p50', 'p95'] : []).map((share) => /** @type {Figure} */ ({
      label: `slow 4G, known items ${share}`, unit: 's', read: (it) => seconds(it.slow?.known[share]),
    })),
    ...['first', 'second'].flatMap((pass) => ['p50', 'p95', 'p99'].map((share) => /** @type {Figure} */ ({
      label: `latency, ${pass} pass ${share}`, unit: 'ms', read: (it) => it.passes?.[pass][share],
    }))),
    { label: 'memory after 1,000 queries', unit: 'MB', read: (it) => it.passes?.memory.total },
    { label: 'of it JavaScript heap', unit: 'MB', read: (it) => it.passes?.memory.heap },
    { label: 'of it WebAssembly memory', unit: 'MB', read: (it) => it.passes?.memory.wasm },
    { label: 'of it other buffers', unit: 'MB', read: (it) => it.passes?.memory.buffers },
    { label: 'known items among the first ten', unit: 'share', read: (it) => it.passes?.found || undefined, more: true },
  ];
}

/** @param {any} cost */
function known(cost) {
  return cost.kind !== 'named';
}

/** @param {number | undefined} ms */
function seconds(ms) {
  return ms === undefined ? undefined : ms / 1000;
}

/**
 * @param {string} label
 * @param {Figure['unit']} unit
 * @param {string} field
 * @param {'max' | 'p50' | 'p95'} share
 * @param {(cost: any) => boolean} keep
 * @returns {Figure}
 */
function cost(label, unit, field, share, keep) {
  const shares = { max: 1, p50: 0.5, p95: 0.95 };
  // An index that is loaded whole costs the same for every query, so one was enough.
  const chosen = (/** @type {any} */ it) => (it.whole ? it.costs ?? [] : (it.costs ?? []).filter(keep));
  return { label, unit, read: (it) => quantile(chosen(it).map((/** @type {any} */ one) => one[field]), shares[share]) };
}

/**
 * @param {string} label
 * @param {Figure['unit']} unit
 * @param {string} field
 * @param {(cost: any) => boolean} keep
 */
function quantiles(label, unit, field, keep) {
  return /** @type {const} */ (['p50', 'p95']).map((share) => cost(`${label} ${share}`, unit, field, share, keep));
}

/**
 * The table in Markdown. After each figure stands how many times the yardstick's it is.
 *
 * @param {Run} run
 */
export function table(run) {
  const yardstick = run.engines.find((engine) => engine.name === YARDSTICK);
  const head = run.engines.map((engine) => `${engine.title} ${engine.version ?? ''}`.trim());
  const rows = figures(run).map(({ label, unit, read }) => {
    const base = yardstick && read(yardstick);
    const cells = run.engines.map((engine) => {
      const value = read(engine);
      if (value === undefined) return '–';
      const ratio = base && engine !== yardstick ? ` (×${ratioOf(value / base)})` : '';
      return `${UNITS[unit](value)}${ratio}`;
    });
    return { label, cells };
  });
  const lines = rows.filter(({ cells }) => cells.some((cell) => cell !== '–')).map(({ label, cells }) => [label, ...cells]);
  return markdown([['', ...head], ...lines]);
}

/** @param {number} ratio */
function ratioOf(ratio) {
  return ratio >= 10 ? ratio.toFixed(0) : ratio >= 0.095 ? ratio.toFixed(2) : ratio.toFixed(3);
}

/**
 * Where ours is behind: one sentence for each figure in which a peer is better.
 *
 * @param {Run} run
 */
export function losses(run) {
  const [ours, ...peers] = run.engines;
  return figures(run).flatMap(({ label, unit, read, more }) => {
    const mine = read(ours);
    if (mine === undefined) return [];
    const better = peers.flatMap((peer) => {
      const theirs = read(peer);
      const wins = theirs !== undefined && (more ? theirs > mine : theirs < mine);
      return wins ? [`${peer.title} ${UNITS[unit](theirs)}`] : [];
    });
    return better.length ? [`${label}: ${UNITS[unit](mine)}, against ${better.join(', ')}`] : [];
  });
}

/** @param {string[][]} rows */
function markdown(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const padded = (/** @type {string} */ cell, /** @type {number} */ column) =>
    column ? cell.padStart(widths[column]) : cell.padEnd(widths[0]);
  const line = (/** @type {string[]} */ row) => `| ${row.map(padded).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => column ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2)).join('|')}|`;
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n');
}
