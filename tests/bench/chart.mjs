/** The figures that a reader or an owner feels, as bars. */
import { quantile } from './statistics.mjs';

/** @typedef {import('./table.mjs').Run} Run */

const WIDTH = 760;
const LABEL = 170;
const ROW = 20;
const HEAD = 30;
const SPACE = 90;

/** One colour for ours, one for all others, both readable on white as on black. */
const COLOURS = { ours: '#2f7d5b', others: '#8a93a0' };

/** @type {{ title: string, unit: string, read: (engine: any) => number | undefined }[]} */
const PANELS = [
  { title: 'first ten results, p50', unit: 'kB', read: (it) => thousands(median(it, 'bytes')) },
  { title: 'second query, p50', unit: 'kB', read: (it) => thousands(median(it, 'later')) },
  { title: 'first results on slow 4G, “event listener”', unit: 's', read: (it) => thousands(it.slow?.named['event listener']) },
  { title: 'second pass, p95', unit: 'ms', read: (it) => it.passes?.second.p95 },
  { title: 'time to index', unit: 's', read: (it) => it.build?.seconds },
];

/** @param {number | undefined} value */
function thousands(value) {
  return value === undefined ? undefined : value / 1000;
}

/**
 * @param {any} engine
 * @param {string} field
 */
function median(engine, field) {
  return quantile((engine.costs ?? []).map((/** @type {any} */ cost) => cost[field]), 0.5);
}

/** @param {Run[]} runs */
export function chart(runs) {
  /** @type {string[]} */
  const shapes = [];
  let y = 10;
  for (const run of runs) {
    shapes.push(text(10, (y += 18), run.name, 'font-size="16" font-weight="bold"'));
    y += 8;
    for (const panel of PANELS) {
      const bars = run.engines.flatMap((engine, place) => {
        const value = panel.read(engine);
        return value === undefined ? [] : [{ title: engine.title, value, ours: place === 0 }];
      });
      if (bars.length === 0) continue;
      shapes.push(text(10, (y += HEAD) - 10, `${panel.title} (${panel.unit})`, 'font-weight="bold"'));
      const largest = Math.max(...bars.map(({ value }) => value));
      for (const { title, value, ours } of bars) {
        const width = Math.max(1, ((WIDTH - LABEL - SPACE) * value) / (largest || 1));
        shapes.push(text(LABEL - 10, y + 14, title, 'text-anchor="end"'));
        const colour = ours ? COLOURS.ours : COLOURS.others;
        const box = `x="${LABEL}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 6}"`;
        shapes.push(`<rect ${box} fill="${colour}"/>`);
        shapes.push(text(Number((LABEL + width + 6).toFixed(1)), y + 14, shown(value)));
        y += ROW;
      }
    }
    y += 24;
  }
  const size = `viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="system-ui, sans-serif" font-size="12" role="img">
<title>Searchlet beside its peers: shorter bars are better</title>
<rect width="${WIDTH}" height="${y}" fill="#ffffff"/>
${shapes.join('\n')}
</svg>
`;
}

/** @param {number} value */
function shown(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2);
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} words
 */
function text(x, y, words, rest = '') {
  const safe = words.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<text x="${x}" y="${y}" fill="#1b1f24"${rest && ` ${rest}`}>${safe}</text>`;
}
