import { BaseContext, type Context, type Values } from './context.ts';
import { createFace } from './face.ts';

/** Lets another copy of this package (ESM and CJS, or two versions) know the signal that never aborts. */
export const endless: unique symbol = /* @__PURE__ */ Symbol.for('@gosync/context.endless');

/** The face of all that can never end. Made on first use. */
let face: AbortController | undefined;

/** A context that can never end: a root, or one whose parent's end does not reach it. */
export class EndlessContext extends BaseContext {
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
    if (face === undefined) {
      face = createFace(backgroundContext);
      Object.defineProperty(face.signal, endless, { value: true });
    }
    return face.signal;
  }

  label(): string {
    return this.#text;
  }
}

export const backgroundContext: EndlessContext = /* @__PURE__ */ new EndlessContext(
  'context.Background',
);
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
