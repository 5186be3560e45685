import {
  afterFunc,
  background,
  CanceledError,
  cause,
  type Context,
  type ContextLike,
  from,
  withCancelCause,
  withoutCancel,
  withValue,
} from '@gosync/context';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rest } from '../src/sweep/microtasks.ts';

/** Something a script, or a callback, does. Numbers choose among what there is. */
interface Act {
  readonly does: 'derive' | 'value' | 'detach' | 'foreign' | 'cancel' | 'hang' | 'listen' | 'stop';
  readonly at: number;
  /** What the callback or listener that it hangs up does in its turn. */
  readonly acts: readonly Act[];
}

/** A context, and its end as anybody would write it down: its own, or else its parent's. */
class Node {
  readonly ctx: Context;
  readonly parent: Node | undefined;
  readonly cancel: ((reason: string) => void) | undefined;
  own: string | undefined;

  constructor(ctx: Context, parent: Node | undefined, cancel?: (reason: string) => void) {
    this.ctx = ctx;
    this.parent = parent;
    this.cancel = cancel;
  }

  get end(): string | undefined {
    return this.own ?? this.parent?.end;
  }
}

interface Callback {
  readonly node: Node;
  readonly kind: 'hang' | 'listen';
  stop: () => boolean;
  isPending: boolean;
}

class World {
  readonly #nodes: Node[] = [];
  readonly #callbacks: Callback[] = [];
  #reasons = 0;
  readonly wrong: string[] = [];
  calls = 0;

  constructor() {
    const [ctx, cancel] = withCancelCause(background());
    this.#nodes.push(new Node(ctx, undefined, cancel));
  }

  act({ does, at, acts }: Act): void {
    const node = this.#nodes[at % this.#nodes.length];
    if (!node) return;
    switch (does) {
      case 'cancel':
        this.#cancel(node);
        break;
      case 'stop':
        this.#stop(this.#callbacks[at % this.#callbacks.length]);
        break;
      case 'hang':
      case 'listen':
        this.#hang(node, does, acts);
        break;
      default:
        this.#nodes.push(this.#born(does, node));
    }
    this.check();
  }

  /** Everything looks as the model says: the context, its signal, and another look at the signal. */
  check(): void {
    for (const [at, { ctx, end }] of this.#nodes.entries()) {
      const { err, signal } = ctx;
      const agrees =
        err instanceof CanceledError === (end !== undefined) &&
        cause(ctx) === end &&
        signal.aborted === (end !== undefined) &&
        signal.reason === end &&
        from(signal).err === err;
      // Told at the end: a callback that throws would fail elsewhere.
      if (!agrees) this.wrong.push(`context ${at} does not look as if it ended by ${end}`);
    }
  }

  /** When all is quiet, only those still wait whose context lives. */
  rest(): void {
    this.check();
    for (const { node, isPending, kind } of this.#callbacks) {
      if (isPending && node.end !== undefined) this.wrong.push(`never told: ${kind}`);
    }
  }

  #born(does: Act['does'], parent: Node): Node {
    if (does === 'value') return new Node(withValue(parent.ctx, 'key', 1), parent);
    if (does === 'detach') return new Node(withoutCancel(parent.ctx), undefined);
    if (does === 'foreign') {
      const controller = new AbortController();
      const cancel = (reason: string): void => controller.abort(reason);
      return new Node(from(controller.signal), undefined, cancel);
    }
    // Either way of naming the parent will do.
    const like: ContextLike = this.#nodes.length % 2 === 0 ? parent.ctx : parent.ctx.signal;
    const [ctx, cancel] = withCancelCause(like);
    return new Node(ctx, parent, cancel);
  }

  #cancel(node: Node): void {
    if (!node.cancel) return;
    const reason = `reason ${this.#reasons++}`;
    if (node.end === undefined) node.own = reason;
    node.cancel(reason);
  }

  #hang(node: Node, kind: Callback['kind'], acts: readonly Act[]): void {
    if (kind === 'listen' && node.end !== undefined) return;
    const callback: Callback = { node, kind, isPending: true, stop: () => false };
    const { ctx } = node;
    const run = (): void => {
      if (!callback.isPending) this.wrong.push(`${kind} is told twice, or after it was stopped`);
      if (node.end === undefined) this.wrong.push(`${kind} is told although nothing has ended`);
      callback.isPending = false;
      this.calls++;
      this.check();
      for (const act of acts) this.act(act);
    };
    if (kind === 'hang') {
      callback.stop = afterFunc(ctx, run);
    } else {
      ctx.signal.addEventListener('abort', run);
      callback.stop = () => {
        ctx.signal.removeEventListener('abort', run);
        return callback.isPending;
      };
    }
    // What can never end calls nobody, and keeps nobody either.
    if (ctx.signal !== background().signal) this.#callbacks.push(callback);
  }

  #stop(callback: Callback | undefined): void {
    if (!callback) return;
    if (callback.stop() !== callback.isPending) this.wrong.push('stop tells the opposite');
    // Whoever was stopped is not to run: `run` would say so.
    callback.isPending = false;
  }
}

/** An act whose callbacks act in their turn, `levels` deep. */
function anyAct(levels: number): fc.Arbitrary<Act> {
  return fc.record({
    does: fc.constantFrom(
      ...(['derive', 'value', 'detach', 'foreign', 'cancel', 'hang', 'listen', 'stop'] as const),
      ...(['derive', 'hang', 'cancel'] as const),
    ),
    at: fc.nat(50),
    acts: levels > 0 ? fc.array(anyAct(levels - 1), { maxLength: 4 }) : fc.constant([]),
  });
}

describe('a tree of contexts', () => {
  it('shows nobody a live descendant of a dead context, whatever callbacks do to it meanwhile', async () => {
    let calls = 0;
    const property = fc.asyncProperty(
      fc.array(anyAct(3), { maxLength: 30, size: 'max' }),
      async (acts) => {
        const world = new World();
        for (const one of acts) world.act(one);
        // Callbacks on what was dead before come in a microtask, and may start the rest again.
        await rest();
        world.rest();
        expect(world.wrong).toEqual([]);
        calls += world.calls;
      },
    );
    await fc.assert(property, { numRuns: 500 });
    expect(calls).toBeGreaterThan(500);
  });
});
