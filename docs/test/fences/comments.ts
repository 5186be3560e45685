/** A comment without a fence. */
export class Example {
  /**
   * @example A claim
   * ```ts
   * 2 *
   *   3; // => 6
   * ```
   */
  readonly six = 6;
}
