/** @import { Profile } from './profile.mjs' */
/** @import { Subject } from './report.mjs' */
/** @import { Target } from './row.mjs' */
/** @import { Result } from './run.mjs' */

/**
 * One result beside what it is compared with. Figures are minima; a ratio is ours divided by the other, so that less
 * than 1 is faster.
 * @typedef {object} Line
 * @property {string} id
 * @property {number} n
 * @property {string} title
 * @property {'ns' | 'bytes'} unit
 * @property {string} per
 * @property {number} ours
 * @property {number} median of ours
 * @property {number | undefined} floor
 * @property {{ name: string, value: number } | undefined} peer the best of the packages
 * @property {number | undefined} go
 * @property {Result['figures']} figures of all contenders
 * @property {boolean} growth whether the row has several sizes
 * @property {readonly Verdict[]} verdicts
 * @property {string} why a target is missed, if one is
 * @property {Profile | undefined} profile of ours
 */

/** @typedef {Target & { ratio: number, holds: boolean }} Verdict */

/**
 * @param {readonly Subject[]} rows
 * @param {readonly Result[]} results
 * @returns {Line[]}
 */
export function judgeAll(rows, results) {
  return rows.flatMap((row) =>
    judge(
      row,
      results.filter(({ id }) => id === row.id),
    ),
  );
}

/**
 * @param {Subject} row
 * @param {readonly Result[]} results of that row
 * @returns {Line[]}
 */
export function judge(row, results) {
  const [first] = results;
  const firstTime = first?.figures['gosync']?.min;
  const firstFloor = first?.figures['floor']?.min ?? NaN;
  return results.map((result, index) => {
    const { gosync, floor, go, ...others } = result.figures;
    const ours = gosync?.min ?? NaN;
    const [best] = Object.entries(others)
      .filter(([name]) => !name.startsWith('gosync'))
      .map(([name, { min }]) => ({ name, value: min }))
      .sort((a, b) => a.value - b.value);
    /** @type {{ [than: string]: number | undefined }} */
    const against = {
      ...Object.fromEntries(Object.entries(others).map(([name, { min }]) => [name, min])),
      floor: floor?.min,
      peer: best?.value,
      go: go?.min,
      growth: index > 0 ? firstTime && floor && firstTime * (floor.min / firstFloor) : undefined,
      nothing: 1,
    };
    return {
      id: row.id,
      n: result.n,
      title: row.title,
      unit: row.unit,
      per: row.per,
      ours,
      median: gosync?.median ?? NaN,
      floor: floor?.min,
      peer: best,
      go: go?.min,
      figures: result.figures,
      growth: row.sizes !== undefined,
      why: row.why ?? '',
      profile: result.profile,
      // What was not measured (no Go, the first size) is not judged.
      verdicts: row.targets.flatMap((target) => {
        const other = against[target.than];
        if (other === undefined) return [];
        const ratio = ours / other;
        return [{ ...target, ratio, holds: ratio <= target.atMost }];
      }),
    };
  });
}

/**
 * @param {number} value
 * @returns {string} with three significant digits, but at least all before the point
 */
export function short(value) {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** @param {Verdict} verdict */
export function words({ than, atMost, ratio, holds }) {
  const limit = `${than === 'nothing' ? '' : `${than} `}≤ ${atMost}`;
  return holds ? `${limit} holds: ${short(ratio)}` : `${limit} MISSED: ${short(ratio)}`;
}

/** @param {number} share */
function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** @param {Profile} shares */
export function describe({ collector, code, engine }) {
  return (
    `Profile: ${percent(collector)} garbage collector, ${percent(code)} the code of the row, ` +
    `${percent(engine)} the engine.`
  );
}
