import type { CancelContext } from './cancel.ts';

/**
 * Which context an `AbortSignal` belongs to: the one whose face it is, or the bridge to a foreign one.
 * Written once per signal.
 */
export const owners: WeakMap<AbortSignal, CancelContext> = new WeakMap();

// The faces' prototypes stand between the signals and `AbortSignal.prototype`, so a face stays a real
// AbortSignal. Made on first use: importing the package has no side effect.
let facePrototype: AbortSignal | undefined;
let neverSignal: AbortSignal | undefined;

/** Makes the controller whose signal `owner` shows to the world. */
export function createFace(owner: CancelContext): AbortController {
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
    // A deadline holds the process while somebody listens for it, so it must hear of listeners.
    addEventListener: {
      value(this: AbortSignal, ...args: Parameters<AbortSignal['addEventListener']>): void {
        native.addEventListener.apply(this, args);
        const [type, listener] = args;
        if (type === 'abort' && listener) owners.get(this)?.listening(listener, true);
      },
    },
    removeEventListener: {
      value(this: AbortSignal, ...args: Parameters<AbortSignal['removeEventListener']>): void {
        native.removeEventListener.apply(this, args);
        const [type, listener] = args;
        if (type === 'abort' && listener) owners.get(this)?.listening(listener, false);
      },
    },
  });
}

/**
 * The signal of every context that can never end.
 *
 * It takes listeners without keeping them: they could never be called, and on a signal that lives as long
 * as the process they would pile up for ever.
 */
export function never(owner: CancelContext): AbortSignal {
  if (neverSignal === undefined) {
    neverSignal = new AbortController().signal;
    owners.set(neverSignal, owner);
    const ignore = { value(): void {} };
    Object.defineProperties(neverSignal, { addEventListener: ignore, removeEventListener: ignore });
  }
  return neverSignal;
}
