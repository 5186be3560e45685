import type { End } from './cancellation.ts';
import type { Context } from './context.ts';

/** When a context ends by itself. */
export interface Deadline {
  /** In epoch milliseconds: what users see. */
  readonly time: number;
  /** By the monotonic clock, in milliseconds: what deadlines are compared by. Absent where only the time is known. */
  readonly until: number | undefined;
}

/** Where a context's values come from. */
export interface Values {
  lookup(key: unknown): unknown;
}

/** A place in the list of what hangs on a node: a child or a callback. Written by the node it hangs on. */
export interface Registration {
  /** The node it hangs on; absent when it hangs on none. */
  owner: Cancelable | undefined;
  previous: Registration | undefined;
  next: Registration | undefined;
  /** Of a callback: called once when the owner is done, after the whole subtree was marked, already off the list. */
  settle?(): void;
}

/**
 * What ends a node from outside of the tree: a foreign signal, or the clock. It may have ended already while its
 * event, or its timer, is still to come, so the node asks it.
 */
export interface Source {
  /** The next source farther up that may end the node too; absent when there is none. */
  readonly above: Source | undefined;
  /** If the source has ended, marks the subtree of its node now; callbacks wait for the event or the timer. */
  catchUp(): void;
}

/** A node that can end, as what hangs on it sees it. */
export interface Cancelable {
  readonly signal: AbortSignal;
  /** The nearest source of its end, asked before it says that it is live; absent when there is none. */
  readonly source: Source | undefined;
  done(): End | undefined;
  add(registration: Registration): void;
  remove(registration: Registration): void;
  listening(listener: object, added: boolean): void;
}

/** What a context that users hold stands for: a {@link Node}, or one that is made when it is needed. */
export interface Origin {
  /** The node for `handle`, which stands for this; made if it is not there yet. */
  node(handle: Context): Node;
  /** How `handle`, which stands for this, ended; `undefined` while it is live. */
  done(handle: Context): End | undefined;
}

/** One link of the chain of contexts. Users hold its handle, which shows nothing of it. */
export abstract class Node implements Origin {
  /** What it was derived from; absent for a root. */
  readonly parent: Node | undefined;
  /** The node that decides when this one ends, itself included; absent when it can never end. */
  abstract readonly cancelable: Cancelable | undefined;
  /** The nearest that carries values, itself included; absent when there is none. */
  abstract readonly values: Values | undefined;
  abstract readonly signal: AbortSignal;
  abstract readonly deadline: Deadline | undefined;
  /** The context that users hold. Written once, by `Handle`. */
  handle: Context | undefined;

  constructor(parent: Node | undefined) {
    this.parent = parent;
    this.handle = undefined;
  }

  /** Its own link of the chain that `String(ctx)` shows. */
  abstract label(): string;

  node(_handle?: Context): this {
    return this;
  }

  done(_handle?: Context): End | undefined {
    return this.cancelable?.done();
  }

  chain(): string {
    let text = '';
    // A loop: a chain may be longer than the stack is deep.
    for (let node: Node | undefined = this; node; node = node.parent) text = node.label() + text;
    return text;
  }
}
