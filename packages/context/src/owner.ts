import type { Node } from './node.ts';

/** The nodes of foreign signals. */
const foreign = new WeakMap<AbortSignal, Node>();

// oxlint-disable-next-line typescript/no-extraneous-class -- what it makes is what it was given
class Returned {
  constructor(object: object) {
    return object;
  }
}

/**
 * A signal of our own: the platform's object, with a private field. A `WeakMap` of thousands of live signals takes a
 * microsecond for each (`pnpm bench group-signals`).
 */
class OwnSignal extends Returned {
  readonly #owner: Node;

  constructor(signal: AbortSignal, owner: Node) {
    super(signal);
    this.#owner = owner;
  }

  static owner(signal: AbortSignal): Node | undefined {
    return #owner in signal ? signal.#owner : undefined;
  }
}

/** Notes that `signal`, which was just made, is the signal of `owner`. */
export function own(signal: AbortSignal, owner: Node): void {
  // oxlint-disable-next-line no-new -- it is `signal`
  new OwnSignal(signal, owner);
}

/** Notes that `node` stands for a foreign signal. */
export function adoptSignal(signal: AbortSignal, node: Node): void {
  foreign.set(signal, node);
}

/** Which node an `AbortSignal` belongs to: the one whose own it is, or the one that stands for a foreign signal. */
export function ownerOf(signal: AbortSignal): Node | undefined {
  // Whatever an accessor of a signal was called on.
  return Object(signal) === signal ? (OwnSignal.owner(signal) ?? foreign.get(signal)) : undefined;
}
