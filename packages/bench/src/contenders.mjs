/** @import { Row, Work } from './row.mjs' */

/**
 * The contenders of a workload that is written once. Each of them runs in a process of its own, so the loop that they
 * share sees one contender only.
 * @template T
 * @param {(n: number, subject: T) => Work} workload
 * @param {{ readonly [name: string]: (n: number) => NoInfer<T> | Promise<NoInfer<T>> }} subjects makes what each
 * contender is measured with
 * @returns {Row['contenders']}
 */
export function each(workload, subjects) {
  return Object.fromEntries(
    Object.entries(subjects).map(([name, make]) => [name, async (n) => workload(n, await make(n))]),
  );
}
