import type { End } from './cancellation.ts';
import { abortController, createController } from './controller.ts';
import {
  type Cancelable,
  type Deadline,
  Node,
  type Registration,
  type Source,
  type Values,
} from './node.ts';

/**
 * A node of the tree that can be canceled.
 *
 * The list of registrations is intrusive and doubly linked: adding and removing are O(1) and allocate nothing.
 */
export class CancelNode extends Node implements Cancelable, Registration {
  // Invariants, whenever no method is running:
  // - done implies: every descendant is done; callbacks stay on the list until they are called, below a source that
  //   has ended until its event or timer
  // - `first` is absent if and only if `last` is
  // - `owner` of everything on the list is this node
  values: Values | undefined;
  deadline: Deadline | undefined;
  source: Source | undefined;
  owner: Cancelable | undefined;
  previous: Registration | undefined;
  next: Registration | undefined;
  #first: Registration | undefined;
  #last: Registration | undefined;
  /** Absent while live. Written once. */
  protected end: End | undefined;
  /** Absent until somebody reads `signal`: a controller whose signal is touched costs microseconds. */
  #controller: AbortController | undefined;

  /** @param end - Given by itself for a node that never was live. */
  constructor(parent: Node | undefined, end: End | undefined = parent?.done()) {
    super(parent);
    this.values = parent?.values;
    this.deadline = parent?.deadline;
    this.source = parent?.cancelable?.source;
    this.owner = undefined;
    this.previous = undefined;
    this.next = undefined;
    this.end = end;
    // Done at birth, or else marked when the parent is.
    if (!end) parent?.cancelable?.add(this);
  }

  get cancelable(): this {
    return this;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = createController(this);
      // Not asked anew: to a listener that is added to a live signal the event shall come.
      if (this.end) abortController(this.#controller, this.end.reason);
    }
    return this.#controller.signal;
  }

  label(): string {
    return '.WithCancel';
  }

  override done(): End | undefined {
    for (let { source } = this; source && this.end === undefined; source = source.above)
      source.catchUp();
    return this.end;
  }

  /** Hangs `registration` on this node, which must be live. */
  add(registration: Registration): void {
    const last = this.#last;
    // First of all: a signal that cannot be listened to throws, and nothing has happened.
    if (!last) this.changed(true);
    registration.owner = this;
    registration.previous = last;
    this.#last = registration;
    if (last) last.next = registration;
    else this.#first = registration;
  }

  /** Takes `registration`, which must hang on this node, off it. */
  remove(registration: Registration): void {
    const { previous, next } = registration;
    if (previous) previous.next = next;
    else this.#first = next;
    if (next) next.previous = previous;
    else this.#last = previous;
    registration.owner = registration.previous = registration.next = undefined;
    if (!this.#first) this.changed(false);
  }

  /** Ends this node and everything below it. The first end wins. */
  cancel(end: End): void {
    if (this.done()) return;
    // Most have nobody to call (`pnpm bench context-cancel` without this line).
    if (!this.#first && !this.#controller) return this.#mark(end);
    // Nothing that must not be cut off in the middle begins at the end of the stack.
    requireStack();
    // Only after all are marked may anybody else's code run: whatever it looks at below here is done.
    CancelNode.announce(this.markAll(end));
  }

  /** As {@link cancel}, in a reaction to a promise: there the stack is empty, and need not be asked. */
  cancelInReaction(end: End): void {
    if (!this.done()) CancelNode.announce(this.markAll(end));
  }

  /** Marks everything from here down, without calling anybody. Returns the nodes that have somebody to call, parents first. */
  protected markAll(end: End): readonly CancelNode[] {
    this.#mark(end);
    const pending: CancelNode[] = [this];
    // The list grows while it is walked.
    for (const node of pending) {
      let next: Registration | undefined;
      for (let entry = node.#first; entry; entry = next) {
        ({ next } = entry);
        if (entry instanceof CancelNode) {
          /* v8 ignore next -- a node on the list has ended */
          entry.#mark(node.end ?? end);
          // Most children are leaves, with nobody to call.
          if (entry.#first || entry.#controller) pending.push(entry);
        }
      }
    }
    return pending;
  }

  /** Calls everybody who hangs on `pending`, which {@link markAll} returned. */
  protected static announce(pending: readonly CancelNode[]): void {
    for (const node of pending) {
      // A callback may take others off the list, so each step looks at the list anew.
      for (let entry = node.#first; entry; entry = node.#first) {
        node.remove(entry);
        entry.settle?.();
      }
      if (node.#controller && node.end) abortController(node.#controller, node.end.reason);
    }
  }

  #mark(end: End): void {
    // First the end, then the list: at the end of the stack the second may fail, and who is dead but on a list is
    // passed over.
    /* v8 ignore next -- it has ended only if the line below failed before, at the end of the stack */
    if (this.end === undefined) this.ended(end);
    this.owner?.remove(this);
  }

  /** Makes the node done: before any callback runs, when the node hangs on its parent still. */
  protected ended(end: End): void {
    this.end = end;
  }

  /** Called when the first registration has arrived, and when the last has left. */
  protected changed(_busy: boolean): void {}

  /** Called when a listener for `abort` has been added to, or removed from, this node's signal. */
  listening(_listener: object, _added: boolean): void {}
}

/** As arguments they take 16 kilobytes of the stack, whatever the engine makes of the code around them. */
const ballast: readonly unknown[] = /* @__PURE__ */ Array.from({ length: 2_000 });

/** Throws a RangeError if the stack is at its end. */
export function requireStack(): void {
  Reflect.apply(nothing, undefined, ballast);
}

function nothing(): void {}
