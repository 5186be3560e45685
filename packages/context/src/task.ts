import { adopt } from './adopt.ts';
import { CancelNode } from './cancel.ts';
import { Cancellation, type End } from './cancellation.ts';
import type { Context, ContextLike } from './context.ts';
import { CanceledError } from './errors.ts';
import { Handle } from './handle.ts';
import type { Node, Origin } from './node.ts';

/** What the contexts of all tasks below one parent stand for until they are used: a task costs its handle alone. */
class Task implements Origin {
  readonly #parent: Node;
  readonly ended: EndedTask;

  constructor(parent: Node) {
    this.#parent = parent;
    this.ended = new EndedTask(parent);
  }

  node(): Node {
    return new CancelNode(this.#parent);
  }

  done(): End | undefined {
    return this.#parent.done();
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
  else if (origin instanceof Task && !origin.done()) Handle.become(ctx, origin.ended);
}
