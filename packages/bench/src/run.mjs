import { Child } from './child.mjs';
/** @import { Go } from './go.mjs' */
/** @import { Profile } from './profile.mjs' */
/** @import { Row } from './row.mjs' */

/**
 * What a contender took per item, in nanoseconds or bytes.
 * @typedef {{ min: number, median: number }} Figure
 */

/**
 * A row, measured: for each size a figure of each contender. Go's is called `go`. With a profile of ours.
 * @typedef {{ id: string, n: number, figures: { [contender: string]: Figure }, profile?: Profile }} Result
 */

/**
 * @typedef {object} Options
 * @property {string} node the binary to measure with
 * @property {number} repeat how often each contender is measured, after the warm-up
 * @property {boolean} quick a thousand items, to see that all of it runs
 * @property {boolean} together all contenders of a row in one process, to see how much they disturb each other
 */

const warmUps = 3;

/** A growth row is measured for a million items too, and its verdict is a ratio of two: it needs fewer rounds. */
const mostOfGrowth = 5;

/**
 * Measures a row: one round after the other, in each of which every contender has its turn, so that whatever else
 * the machine does hits all of them.
 * @param {Row} row
 * @param {Go | undefined} go
 * @param {Options} options
 * @returns {Promise<Result[]>} one for each size
 */
export async function runRow(row, go, { node, repeat, quick, together }) {
  const results = [];
  const rounds = row.sizes ? Math.min(repeat, mostOfGrowth) : repeat;
  for (const n of quick ? [1000] : (row.sizes ?? [row.n])) {
    const times = row.sizes && !quick ? Math.max(1, 100_000 / n) : 1;
    const shared = together ? new Child(node) : undefined;
    const turns = Object.keys(row.contenders).map((contender) => {
      const child = shared ?? new Child(node);
      return {
        contender,
        child,
        /** @type {number[]} */
        values: [],
        measure: () => child.measure({ id: row.id, contender, n, times }),
      };
    });
    /** @type {number[]} */
    const goValues = [];
    /** @type {Profile | undefined} */
    let profile;
    try {
      for (let round = quick ? 0 : -warmUps; round < rounds; round++) {
        for (const { measure, values } of turns) {
          const value = await measure();
          if (round >= 0) values.push(value);
        }
        if (go && row.go && round >= 0) goValues.push(await go.measure(row.go, n));
      }
      // Last, for it disturbs what it looks at.
      if (row.unit === 'ns' && !row.sizes && !quick) {
        const [ours] = turns;
        profile = await ours?.child.profile({ id: row.id, contender: ours.contender, n, times: 5 });
      }
    } finally {
      for (const { child } of turns) child.stop();
    }
    /** @type {{ [contender: string]: Figure }} */
    const figures = {};
    for (const { contender, values } of turns) figures[contender] = figure(values);
    if (goValues.length > 0) figures['go'] = figure(goValues);
    results.push({ id: row.id, n, figures, ...(profile && { profile }) });
  }
  return results;
}

/**
 * @param {number[]} values
 * @returns {Figure}
 */
function figure(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? NaN;
  const high = sorted[Math.floor(middle)] ?? NaN;
  return { min: sorted[0] ?? NaN, median: (low + high) / 2 };
}
