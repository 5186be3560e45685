import type { BaseContext } from './context.ts';

/**
 * Which context an `AbortSignal` belongs to: the one whose face it is, or the bridge to a foreign one.
 * Written once per signal.
 */
export const owners: WeakMap<AbortSignal, BaseContext> = new WeakMap();

// Made on first use: importing the package has no side effect.
let facePrototype: object | undefined;

/** Makes the controller whose signal `owner` shows to the world. */
export function createFace(owner: BaseContext): AbortController {
  const face = new AbortController();
  owners.set(face.signal, owner);
  Object.setPrototypeOf(face.signal, (facePrototype ??= createPrototype()));
  return face;
}

/** The signal that is being aborted just now. */
let aborting: AbortSignal | undefined;

/** Fires the `abort` event of a face whose owner is done. */
export function abortFace(face: AbortController, reason: unknown): void {
  const outer = aborting;
  aborting = face.signal;
  face.abort(reason);
  aborting = outer;
}

/** What stands between a face and `AbortSignal.prototype`. A face stays a real AbortSignal. */
function createPrototype(): object {
  // Never constructed: signals are made by controllers.
  class ContextSignal extends AbortSignal {
    // The platform marks signals one by one, each just before its event. The tree is marked as a whole
    // before the first event, and its signals must not tell a different story.
    override get aborted(): boolean {
      // Deno asks the signal before it fires: one that says yes already gets no event.
      if (this === aborting) return Reflect.get(AbortSignal.prototype, 'aborted', this);
      return owners.get(this)?.done() !== undefined;
    }

    override get reason(): unknown {
      return owners.get(this)?.done()?.reason;
    }

    override throwIfAborted(): void {
      if (this.aborted) throw this.reason;
    }

    // A deadline holds the process while somebody listens for it, so it must hear of listeners. What can never
    // end keeps none: they could not be called, and would pile up as long as the process lives.
    override addEventListener(...args: Listening): void {
      const node = owners.get(this)?.node;
      if (node || args[0] !== 'abort') super.addEventListener(...args);
      const listener = countable(args);
      if (listener) node?.listening(listener, true);
    }

    override removeEventListener(...args: Listening): void {
      super.removeEventListener(...args);
      const listener = countable(args);
      if (listener) owners.get(this)?.node?.listening(listener, false);
    }
  }
  return ContextSignal.prototype;
}

type Listening = Parameters<AbortSignal['addEventListener']>;

/** The listener for `abort` that a call adds or removes, unless it may go unseen (`signal`) or twice (`capture`). */
function countable([type, listener, options]: Listening): object | null {
  const { capture = options, signal } = Object(options);
  return type === 'abort' && capture !== true && !signal ? listener : null;
}
