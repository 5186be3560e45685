import type { ContextError, End } from './cancellation.ts';
import type { Context } from './context.ts';
import type { Key } from './key.ts';
import type { Node, Origin } from './node.ts';

/**
 * The context that users hold, of every kind. All that it has of its own is private to the engine: nothing else can be
 * reached from it, listed, called, or frozen.
 */
class ContextHandle implements Context {
  #origin: Origin;
  /** Of a task's: the task, while it may be running and its context was not used. Written by `task.ts`. */
  #task: Promise<unknown> | undefined;

  constructor(origin: Origin) {
    this.#origin = origin;
    this.#task = undefined;
  }

  get signal(): AbortSignal {
    return ContextHandle.node(this).signal;
  }

  get deadline(): number | undefined {
    return ContextHandle.node(this).deadline?.time;
  }

  get err(): ContextError | undefined {
    return this.#origin.done(this)?.err;
  }

  value<V>(key: Key<V>): V | undefined;
  value(key: unknown): unknown;
  value(key: unknown): unknown {
    return ContextHandle.node(this).values?.lookup(key);
  }

  toString(): string {
    return ContextHandle.node(this).chain();
  }

  /** A context in a log is a line, not all that hangs on it. */
  toJSON(): string {
    return this.toString();
  }

  static is(value: object): value is ContextHandle {
    return #origin in value;
  }

  /** The context that stands for `node`, always the same. */
  static of(node: Node): Context {
    return (node.handle ??= new ContextHandle(node));
  }

  static node(handle: ContextHandle): Node {
    const node = handle.#origin.node(handle);
    handle.#origin = node;
    node.handle ??= handle;
    return node;
  }

  /** How it ended; `undefined` while it is live. */
  static done(handle: ContextHandle): End | undefined {
    return handle.#origin.done(handle);
  }

  static origin(handle: ContextHandle): Origin {
    return handle.#origin;
  }

  /** The task that `handle` belongs to, asked for once; absent when there is none. */
  static takeTask(handle: ContextHandle): Promise<unknown> | undefined {
    const task = handle.#task;
    handle.#task = undefined;
    return task;
  }

  static hasTask(handle: ContextHandle): boolean {
    return handle.#task !== undefined;
  }

  /** Notes the task of `ctx`, if that still stands for `origin`; returns whether it does. */
  static setTask(ctx: Context, origin: Origin, task: Promise<unknown>): boolean {
    if (!(#origin in ctx) || ctx.#origin !== origin) return false;
    ctx.#task = task;
    return true;
  }

  /** Makes `handle` stand for `origin`. */
  static become(handle: ContextHandle, origin: Origin): void {
    handle.#origin = origin;
  }
}

/** Not in a block of the class, which no bundler could leave out. */
function finish(handle: typeof ContextHandle): typeof ContextHandle {
  const { prototype } = handle;
  // What Node's `util.inspect`, and so `console.log`, shows.
  Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value: prototype.toString,
  });
  // By this, frameworks that wrap plain objects (Vue's `reactive`) leave contexts alone.
  Object.defineProperty(prototype, Symbol.toStringTag, { value: 'Context' });
  // The static methods are for this package.
  Reflect.deleteProperty(prototype, 'constructor');
  return handle;
}

export type Handle = ContextHandle;
export const Handle: typeof ContextHandle = /* @__PURE__ */ finish(ContextHandle);
