import type { BaseContext } from './context.ts';

/**
 * Which context an `AbortSignal` belongs to: the one whose face it is, or the bridge to a foreign one.
 * Written once per signal.
 */
export const owners: WeakMap<AbortSignal, BaseContext> = new WeakMap();

// Stands between the signals and `AbortSignal.prototype`, so a face stays a real AbortSignal. Made on first use:
// importing the package has no side effect.
let facePrototype: AbortSignal | undefined;

/** Makes the controller whose signal `owner` shows to the world. */
export function createFace(owner: BaseContext): AbortController {
  const face = new AbortController();
  owners.set(face.signal, owner);
  Object.setPrototypeOf(face.signal, (facePrototype ??= createFacePrototype()));
  return face;
}

function createFacePrototype(): AbortSignal {
  const native = AbortSignal.prototype;
  return Object.create(native, {
    // The platform marks signals one by one, each just before its event. The tree is marked as a whole
    // before the first event, and its signals must not tell a different story.
    aborted: {
      get(this: AbortSignal): boolean {
        return owners.get(this)?.done() !== undefined;
      },
    },
    reason: {
      get(this: AbortSignal): unknown {
        return owners.get(this)?.done()?.reason;
      },
    },
    throwIfAborted: {
      value(this: AbortSignal): void {
        if (this.aborted) throw this.reason;
      },
    },
    // A deadline holds the process while somebody listens for it, so it must hear of listeners. What can never
    // end keeps none: they could not be called, and would pile up as long as the process lives.
    addEventListener: {
      value(this: AbortSignal, ...args: Parameters<AbortSignal['addEventListener']>): void {
        const node = owners.get(this)?.node;
        if (node) native.addEventListener.apply(this, args);
        const listener = countable(args);
        if (listener) node?.listening(listener, true);
      },
    },
    removeEventListener: {
      value(this: AbortSignal, ...args: Parameters<AbortSignal['removeEventListener']>): void {
        native.removeEventListener.apply(this, args);
        const listener = countable(args);
        if (listener) owners.get(this)?.node?.listening(listener, false);
      },
    },
  });
}

/** The listener for `abort` that a call adds or removes, unless it may go unseen (`signal`) or twice (`capture`). */
function countable([type, listener, options]: Parameters<AbortSignal['addEventListener']>):
  object | null {
  const { capture = options, signal } = Object(options);
  return type === 'abort' && capture !== true && !signal ? listener : null;
}
