/**
 * How many items were really done; or, where counting costs something, a function that counts them after the clock
 * has stopped.
 * @typedef {number | (() => number)} Done
 */

/**
 * The timed part of a workload: does the work for all items.
 * @typedef {() => Done | Promise<Done>} Timed
 */

/**
 * What is run again and again; `prepare` before each run, outside the clock.
 * @typedef {Timed | { prepare: () => void, run: Timed }} Work
 */

/**
 * Makes once what all runs have in common, for `n` items.
 * @typedef {(n: number) => Work | Promise<Work>} Contender
 */

/**
 * Ours may take at most `atMost` times what `than` takes: `floor` (the bare platform), `peer` (the best of the
 * others), one of them by its name, or `go`. In a growth row ours may grow, from the first size on, by at most `atMost`
 * times what the floor grows by. `nothing` is an absolute limit.
 * @typedef {{ than: string, atMost: number }} Target
 */

/**
 * One row of the table.
 * @typedef {object} Row
 * @property {string} id
 * @property {string} title
 * @property {string} per what one item is
 * @property {'ns' | 'bytes'} unit time, or heap in use after a collection
 * @property {number} n items in one measurement; a multiple of 1,000, and any such number works
 * @property {readonly number[]} [sizes] a growth row: measured for each of these `n`, as often as fills 100,000 items
 * @property {{ readonly [name: string]: Contender }} contenders ours is `gosync`, `floor` is the bare platform, the other
 * names are those of the packages
 * @property {string} [go] the name of the Go benchmark without `Benchmark`
 * @property {readonly Target[]} targets
 * @property {string} [why] what stands in the way of a target that is missed
 */

/**
 * @param {Row} definition
 * @returns {Row}
 */
export function row(definition) {
  return definition;
}
