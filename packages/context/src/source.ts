import { CancelNode, requireStack } from './cancel.ts';
import type { End } from './cancellation.ts';
import type { Node, Source } from './node.ts';

const none: readonly CancelNode[] = [];

/** How deep events may arrive in the middle of events; beyond that they wait. */
const deepest = 16;
let depth = 0;
/** What waits. Absent when nothing does. */
let waiting: OutsideNode[] | undefined;

/** A node that is ended from outside of the tree, by a {@link Source}, which is itself. */
export abstract class OutsideNode extends CancelNode implements Source {
  readonly above: Source | undefined;
  /** Who has been marked and is called when the event or the timer comes. */
  #pending: readonly CancelNode[] = none;

  constructor(parent: Node | undefined, above: Source | undefined) {
    super(parent);
    this.source = this;
    this.above = above;
  }

  catchUp(): void {
    if (this.end !== undefined) return;
    const end = this.look();
    // To look is to call others, who may have looked here.
    if (!end || this.end !== undefined) return;
    requireStack();
    this.#pending = this.markAll(end);
  }

  /** The end, if the outside has ended; never throws. */
  protected abstract look(): End | undefined;

  /** The event or the timer has come. */
  protected arrive(): void {
    this.catchUp();
    if (this.end === undefined) return;
    // Two copies of this package may lie upon each other a thousand times: a loop, not a recursion.
    if (depth === deepest) {
      (waiting ??= []).push(this);
      return;
    }
    const isOutermost = depth === 0;
    depth++;
    try {
      this.#announce();
      if (isOutermost) OutsideNode.#announceWaiting();
    } finally {
      depth--;
    }
  }

  static #announceWaiting(): void {
    for (let nodes = waiting; nodes; nodes = waiting) {
      waiting = undefined;
      for (const node of nodes) node.#announce();
    }
  }

  #announce(): void {
    const pending = this.#pending;
    this.#pending = none;
    CancelNode.announce(pending);
  }
}
