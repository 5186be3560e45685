import { EndlessNode } from './background.ts';
import type { End } from './cancellation.ts';
import type { Context } from './context.ts';
import { ForeignEnd } from './foreign-end.ts';
import type { Cancelable, Deadline, Values } from './node.ts';
import { OutsideNode } from './source.ts';

/**
 * The node of a `Context` that is not of this package, or of another copy of it. It ends with the node of the
 * context's signal, on whose list it is while, and only while, something is registered here.
 */
export class ForeignNode extends OutsideNode {
  readonly context: Context;
  readonly #inner: Cancelable;

  constructor(context: Context, inner: Cancelable) {
    super(undefined, undefined);
    this.context = context;
    this.#inner = inner;
    this.values = new ForeignValues(context);
    this.deadline = deadlineOf(context);
  }

  /** The context's: listeners on one of its own would not count as registered here. */
  override get signal(): AbortSignal {
    return this.#inner.signal;
  }

  override label(): string {
    return this.context.toString();
  }

  protected look(): End | undefined {
    return this.#inner.done();
  }

  protected override ended(end: End): void {
    super.ended(ForeignEnd.of(this.context, end));
  }

  protected override changed(busy: boolean): void {
    if (busy) this.#inner.add(this);
    else this.owner?.remove(this);
  }
}

/** The node of a foreign context that can never end. */
export class ForeignEndlessNode extends EndlessNode {
  readonly #context: Context;

  constructor(context: Context) {
    super('', undefined, new ForeignValues(context));
    this.#context = context;
  }

  override label(): string {
    return this.#context.toString();
  }
}

class ForeignValues implements Values {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  lookup(key: unknown): unknown {
    return this.#context.value(key);
  }
}

function deadlineOf({ deadline: time }: Context): Deadline | undefined {
  return typeof time === 'number' ? { time, until: undefined } : undefined;
}
