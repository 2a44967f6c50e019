/** Quantiles of what was measured, with samples that are spread evenly. */

/**
 * The smallest value that at least `share` of all do not exceed.
 *
 * @param {readonly number[]} values
 * @param {number} share from 0 to 1
 * @returns {number | undefined} nothing without values
 */
export function quantile(values, share) {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/**
 * What a table shows of many values.
 *
 * @param {readonly number[]} values
 */
export function summary(values) {
  return { count: values.length, p50: quantile(values, 0.5), p95: quantile(values, 0.95), p99: quantile(values, 0.99) };
}

/**
 * `count` members of a list, evenly spread over it; all of them when it is shorter.
 *
 * @template T
 * @param {readonly T[]} list
 * @param {number} count
 * @returns {T[]}
 */
export function spread(list, count) {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, place) => list[Math.floor(((place + 0.5) * list.length) / count)]);
}

/**
 * A sample of about `count` known items with as many of each kind, each with a second query: an item of the same kind
 * from the other half of the list, which has nothing to do with it.
 *
 * @template {{ kind: string, q: string }} T
 * @param {readonly T[]} items
 * @param {number} count
 * @returns {(T & { second: string })[]}
 */
export function sample(items, count) {
  const kinds = [...new Set(items.map((item) => item.kind))];
  const each = Math.ceil(count / Math.max(1, kinds.length));
  return kinds.flatMap((kind) => {
    const list = items.filter((item) => item.kind === kind);
    const half = Math.floor(list.length / 2);
    const others = spread([...list.slice(half), ...list.slice(0, half)], each);
    return spread(list, each).map((item, place) => ({ ...item, second: others[place].q }));
  });
}
