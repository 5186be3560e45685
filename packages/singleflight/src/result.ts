/**
 * What {@link Group.doChan} resolves with.
 *
 * @example
 * ```ts
 * import { Group } from '@gosync/singleflight';
 *
 * const result = await new Group<number>().doChan('answer', () => 42);
 * result.ok ? result.val : result.err; // => 42
 * ```
 *
 * @see Go: https://github.com/golang/sync/blob/ec11c4a/singleflight/singleflight.go#L80
 */
export type Result<V> =
  | { readonly ok: true; readonly val: V; readonly err: undefined; readonly shared: boolean }
  | {
      readonly ok: false;
      readonly val: undefined;
      readonly err: unknown;
      readonly shared: boolean;
    };

/** The result of a call that failed. */
export function failure<V>(err: unknown, shared: boolean): Result<V> {
  return { ok: false, val: undefined, err, shared };
}
