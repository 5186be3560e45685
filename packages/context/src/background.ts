import type { Context } from './context.ts';
import { createController } from './controller.ts';
import { Handle } from './handle.ts';
import { Node, type Values } from './node.ts';

/** Lets another copy of this package (ESM and CJS, or two versions) know the signal that never aborts. */
export const endless: unique symbol = /* @__PURE__ */ Symbol.for('@gosync/context.endless');

/** The controller of the signal of all that can never end, for each class of controllers that the process had. */
const controllers = new WeakMap<object, AbortController>();

/** A context that can never end: a root, or one whose parent's end does not reach it. */
export class EndlessNode extends Node {
  declare readonly cancelable: undefined;
  declare readonly deadline: undefined;
  readonly values: Values | undefined;
  readonly #text: string;

  constructor(text: string, parent?: Node, values: Values | undefined = parent?.values) {
    super(parent);
    this.#text = text;
    this.values = values;
  }

  get signal(): AbortSignal {
    let controller = controllers.get(AbortController);
    if (controller === undefined) {
      controller = createController(backgroundNode);
      Object.defineProperty(controller.signal, endless, { value: true });
      controllers.set(AbortController, controller);
    }
    return controller.signal;
  }

  label(): string {
    return this.#text;
  }
}

export const backgroundNode: EndlessNode = /* @__PURE__ */ new EndlessNode('context.Background');
const todoNode = /* @__PURE__ */ new EndlessNode('context.TODO');

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
  return Handle.of(backgroundNode);
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
  return Handle.of(todoNode);
}
