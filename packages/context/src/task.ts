import { adopt } from './adopt.ts';
import { CancelNode } from './cancel.ts';
import { Cancellation, type End } from './cancellation.ts';
import type { Context, ContextLike } from './context.ts';
import { CanceledError } from './errors.ts';
import { Handle } from './handle.ts';
import type { Node, Origin } from './node.ts';

// Called directly: a program may replace its `Promise` after this was loaded.
const { then } = Promise.prototype;

/** Ends the context of a task, which is in use, when the task has ended. */
function endAfter(node: CancelNode, task: Promise<unknown>): void {
  const end = (): void => node.cancel(new Cancellation(CanceledError));
  void then.call(task, end, end);
}

/**
 * Makes and ends the contexts of the tasks of one group.
 *
 * @see Go: none; a goroutine of a group shares the group's context.
 */
export interface TaskContexts {
  /** A context for a task that begins. **Cost**: one small object until it is used. */
  begin(): Context;
  /** Ends the context of a task that has ended. */
  end(ctx: Context): void;
  /**
   * Ends the context of a task when `task` has settled. **Cost**: nothing until the context is used. A context that is
   * first used when `task` has settled ends a microtask later.
   */
  endAfter(ctx: Context, task: Promise<unknown>): void;
}

/** What the contexts of all tasks below one parent stand for until they are used: a task costs its handle alone. */
class Task implements Origin, TaskContexts {
  readonly #parent: Node;
  readonly ended: EndedTask;

  constructor(parent: Node) {
    this.#parent = parent;
    this.ended = new EndedTask(parent);
  }

  node(handle: Handle): Node {
    const node = new CancelNode(this.#parent);
    const task = Handle.takeTask(handle);
    if (task) endAfter(node, task);
    return node;
  }

  done(handle: Handle): End | undefined {
    // Once the task's function has returned, only its promise knows whether the task has ended.
    return Handle.hasTask(handle) ? Handle.node(handle).done() : this.#parent.done();
  }

  begin(): Context {
    return new Handle(this);
  }

  end(ctx: Context): void {
    endTask(ctx);
  }

  endAfter(ctx: Context, task: Promise<unknown>): void {
    if (Handle.setTask(ctx, this, task) || !Handle.is(ctx)) return;
    const origin = Handle.origin(ctx);
    if (origin instanceof CancelNode) endAfter(origin, task);
  }
}

/** What they stand for when they have ended before they were used, and before the parent ended. */
class EndedTask implements Origin {
  readonly #parent: Node;

  constructor(parent: Node) {
    this.#parent = parent;
  }

  node(): Node {
    return new CancelNode(this.#parent, new Cancellation(CanceledError));
  }

  done(handle: Handle): End | undefined {
    return Handle.node(handle).done();
  }
}

/**
 * The contexts of tasks below `parent`.
 *
 * @throws TypeError when `parent` is not a {@link ContextLike}.
 */
export function taskContexts(parent: ContextLike): TaskContexts {
  return new Task(adopt(parent));
}

/**
 * A context for a task: what `withCancel` returns, to be ended by {@link endTask}.
 *
 * **Cost**: one small object, and nothing on `parent`, until more than `err` and `cause` are used.
 *
 * @param parent - The context to derive from.
 * @throws TypeError when `parent` is not a {@link ContextLike}.
 *
 * @see Go: none; a goroutine of a group shares the group's context.
 */
export function newTaskContext(parent: ContextLike): Context {
  const node = adopt(parent);
  return new Handle((node.tasks ??= new Task(node)));
}

/**
 * Cancels a context of {@link newTaskContext}, if it is live. Afterwards nothing keeps it.
 *
 * @see Go: none, see {@link newTaskContext}.
 */
export function endTask(ctx: Context): void {
  if (!Handle.is(ctx)) return;
  const origin = Handle.origin(ctx);
  if (origin instanceof CancelNode) origin.cancel(new Cancellation(CanceledError));
  else if (origin instanceof Task && !origin.done(ctx)) Handle.become(ctx, origin.ended);
}
