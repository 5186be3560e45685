import { adopt } from './adopt.ts';
import { CancelNode } from './cancel.ts';
import { Cancellation, type End } from './cancellation.ts';
import type { Context, ContextLike } from './context.ts';
import { CanceledError } from './errors.ts';
import { Handle } from './handle.ts';
import type { Node, Origin } from './node.ts';

// Called directly: a program may replace its `Promise` after this was loaded.
const { then } = Promise.prototype;

/** Ends the context of a task, which is in use, with `end` when the task has ended. */
function endAfter(node: CancelNode, task: Promise<unknown>, end: End): void {
  const cancel = (): void => node.cancelInReaction(end);
  void then.call(task, cancel, cancel);
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

/**
 * The {@link TaskContexts} of one call, and the context above them, which ends when the call does.
 *
 * @see Go: none.
 */
export interface CallContexts extends TaskContexts {
  /** How the context above them has ended; `undefined` while it is live. */
  doneAbove(): End | undefined;
  /** Ends the context above them, if it is live, and so theirs. **Cost**: one small object until one of them is used. */
  cancel(reason?: unknown): void;
}

/** What the contexts of all tasks below one parent stand for until they are used: a task costs its handle alone. */
class Task implements Origin, TaskContexts {
  protected readonly parent: Node;
  #ended: EndedTask | undefined;

  constructor(parent: Node) {
    this.parent = parent;
    this.#ended = undefined;
  }

  node(handle: Handle): Node {
    const node = new CancelNode(this.above());
    const task = Handle.takeTask(handle);
    if (task) endAfter(node, task, this.ended);
    return node;
  }

  done(handle: Handle): End | undefined {
    // Once the task's function has returned, only its promise knows whether the task has ended.
    return Handle.hasTask(handle) ? Handle.node(handle).done() : this.doneAbove();
  }

  /** How a task ends while the parent is live, and what its context stands for then. */
  get ended(): EndedTask {
    return (this.#ended ??= new EndedTask(this.parent));
  }

  begin(): Context {
    return new Handle(this);
  }

  end(ctx: Context): void {
    if (!Handle.is(ctx)) return;
    const origin = Handle.origin(ctx);
    if (origin instanceof CancelNode) origin.cancel(this.ended);
    else if (origin === this && !this.done(ctx)) Handle.become(ctx, this.ended);
  }

  endAfter(ctx: Context, task: Promise<unknown>): void {
    if (Handle.setTask(ctx, this, task) || !Handle.is(ctx)) return;
    const origin = Handle.origin(ctx);
    if (origin instanceof CancelNode) endAfter(origin, task, this.ended);
  }

  /** The node above those of the tasks. */
  protected above(): Node {
    return this.parent;
  }

  doneAbove(): End | undefined {
    return this.parent.done();
  }
}

/** As {@link Task}, with a node between the parent and the tasks that is made when one of theirs is. */
class Call extends Task implements Origin, CallContexts {
  // Invariant: `end` does not change once `own` is there, which has ended with it if it was there before.
  #own: CancelNode | undefined = undefined;
  /** How it was canceled while it had no node. */
  #end: Cancellation | undefined = undefined;

  cancel(reason?: unknown): void {
    const end = new Cancellation(CanceledError, reason);
    if (this.#own) this.#own.cancel(end);
    else if (!this.doneAbove()) this.#end = end;
  }

  protected override above(): Node {
    return (this.#own ??= new CancelNode(this.parent, this.doneAbove()));
  }

  override doneAbove(): End | undefined {
    return this.#own ? this.#own.done() : (this.#end ?? this.parent.done());
  }
}

/**
 * What they stand for when they have ended before they were used, and before the parent ended; and how all of them have
 * ended: an error for each, with its stack, costs a quarter more (`pnpm bench group-signals`).
 */
class EndedTask implements Origin, End {
  readonly #parent: Node;
  #error: CanceledError | undefined = undefined;

  constructor(parent: Node) {
    this.#parent = parent;
  }

  get err(): CanceledError {
    if (this.#error === undefined) {
      this.#error = new CanceledError();
      // Until its stack has been read, an error keeps what is on it: here one of the tasks.
      readStack(this.#error);
    }
    return this.#error;
  }

  get reason(): CanceledError {
    return this.err;
  }

  node(): Node {
    return new CancelNode(this.#parent, this);
  }

  done(): End {
    return this;
  }
}

function readStack(error: Error): void {
  try {
    void error.stack;
  } catch {
    // A program may put stacks together in a way of its own.
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
 * The contexts of the tasks of one call that works under `parent`.
 *
 * @throws TypeError when `parent` is not a {@link ContextLike}.
 *
 * @see Go: none.
 */
export function callContexts(parent: ContextLike): CallContexts {
  return new Call(adopt(parent));
}
