import { BaseContext, type Context, type ContextLike, type Values } from './context.ts';
import { createFace } from './face.ts';
import { adopt } from './signal.ts';

/** The face of all that can never end. Made on first use. */
let face: AbortController | undefined;

/** A context that can never end: a root, or one whose parent's end does not reach it. */
class EndlessContext extends BaseContext {
  declare readonly node: undefined;
  declare readonly deadline: undefined;
  readonly parent: BaseContext | undefined;
  readonly values: Values | undefined;
  readonly #text: string;

  constructor(text: string, parent?: BaseContext) {
    super();
    this.#text = text;
    this.parent = parent;
    this.values = parent?.values;
  }

  get signal(): AbortSignal {
    return (face ??= createFace(backgroundContext)).signal;
  }

  label(): string {
    return this.#text;
  }
}

const backgroundContext = /* @__PURE__ */ new EndlessContext('context.Background');
const todoContext = /* @__PURE__ */ new EndlessContext('context.TODO');

/**
 * The root of all contexts: never done, no deadline, no values. Always the same object.
 *
 * Its `signal` never aborts, is shared by every context that can never end (`todo()`,
 * `withoutCancel(…)`, values below them) and keeps none of the listeners that are added to it.
 *
 * @example The start of every tree
 * ```ts
 * import { background } from '@gosync/context';
 *
 * String(background()); // => 'context.Background'
 * background().err; // => undefined
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L215
 */
export function background(): Context {
  return backgroundContext;
}

/**
 * Like {@link background}, for where the right context is not known yet. Easy to search for.
 *
 * @example A place to come back to
 * ```ts
 * import { todo } from '@gosync/context';
 *
 * String(todo()); // => 'context.TODO'
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L223
 */
export function todo(): Context {
  return todoContext;
}

/**
 * A context with `parent`'s values that is not done when `parent` is, and has no deadline.
 *
 * For what must be finished after the request that caused it has ended: a rollback, a log entry.
 *
 * @param parent - What to take the values from.
 * @throws TypeError when `parent` is not a {@link ContextLike}.
 *
 * @example Cleaning up goes on after a cancellation
 * ```ts
 * import { background, withCancel, withoutCancel } from '@gosync/context';
 *
 * const [ctx, cancel] = withCancel(background());
 * cancel();
 * ctx.err?.message; // => 'context canceled'
 * withoutCancel(ctx).err; // => undefined
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L585
 */
export function withoutCancel(parent: ContextLike): Context {
  return new EndlessContext('.WithoutCancel', adopt(parent));
}
