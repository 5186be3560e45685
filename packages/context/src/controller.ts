import { microtask, reportUncaught } from './microtask.ts';
import type { Node } from './node.ts';
import { own, ownerOf } from './owner.ts';

/** By the prototype that the platform gives its signals, which a second DOM in the process may replace. */
const prototypes = new WeakMap<object, object>();

/** Makes the controller of `owner`'s signal. */
export function createController(owner: Node): AbortController {
  const controller = new AbortController();
  const { signal } = controller;
  const native: object = Object.getPrototypeOf(signal);
  let prototype = prototypes.get(native);
  if (!prototype) prototypes.set(native, (prototype = createPrototype(native)));
  own(signal, owner);
  Object.setPrototypeOf(signal, prototype);
  return controller;
}

/** The signal that is being aborted just now. */
let aborting: AbortSignal | undefined;

/** Fires the `abort` event of a signal whose owner is done. */
export function abortController(controller: AbortController, reason: unknown): void {
  const { signal } = controller;
  const outer = aborting;
  aborting = signal;
  try {
    controller.abort(reason);
  } catch (error) {
    reportUncaught(error);
    // The platform cannot abort what is frozen, but its listeners can be called.
    if (Object.isFrozen(signal)) microtask(() => signal.dispatchEvent(new Event('abort')));
  } finally {
    aborting = outer;
  }
}

/** The signal whose `onabort` is being set, which some platforms do by adding a listener. */
let setting: AbortSignal | undefined;

/** What stands between our signals and `native`, their platform's prototype. They stay signals of the platform's. */
function createPrototype(native: object): object {
  // On a receiver that is no signal of ours (a copy of one, or none at all) all is as on the platform.
  const ask = (signal: AbortSignal, key: string): unknown => Reflect.get(native, key, signal);
  const call = (signal: AbortSignal, key: string, args: ArrayLike<unknown>): void => {
    const method = ask(signal, key);
    if (typeof method === 'function') Reflect.apply(method, signal, args);
  };
  const members: object & ThisType<AbortSignal> = {
    // The platform marks signals one by one, each just before its event. The tree is marked as a whole
    // before the first event, and its signals must not say anything else.
    get aborted(): unknown {
      // Deno asks the signal before it fires: one that says yes already gets no event.
      const owner = this === aborting ? undefined : ownerOf(this);
      return owner ? owner.done() !== undefined : ask(this, 'aborted');
    },

    get reason(): unknown {
      const owner = ownerOf(this);
      return owner ? owner.done()?.reason : ask(this, 'reason');
    },

    throwIfAborted(): void {
      const end = ownerOf(this)?.done();
      if (end) throw end.reason;
      call(this, 'throwIfAborted', []);
    },

    // A deadline holds the process while somebody listens for it, so it must know of listeners. What can never
    // end keeps none: they could not be called, and would pile up as long as the process lives.
    addEventListener(...args: Listening): void {
      const owner = ownerOf(this);
      if (args[0] !== 'abort' || !owner || owner.cancelable) call(this, 'addEventListener', args);
      if (this !== setting) count(owner, args, true);
    },

    removeEventListener(...args: Listening): void {
      call(this, 'removeEventListener', args);
      count(ownerOf(this), args, false);
    },

    get onabort(): unknown {
      return ask(this, 'onabort');
    },

    set onabort(handler: unknown) {
      const outer = setting;
      setting = this;
      try {
        Reflect.set(native, 'onabort', handler, this);
      } finally {
        setting = outer;
      }
      // The signal stands for its only handler.
      ownerOf(this)?.cancelable?.listening(this, typeof handler === 'function');
    },
  };
  const prototype: object = Object.create(native, Object.getOwnPropertyDescriptors(members));
  const listed = new Set<string>();
  for (const key in native) listed.add(key);
  for (const key of Object.keys(prototype))
    Object.defineProperty(prototype, key, { enumerable: listed.has(key) });
  return prototype;
}

type Listening = readonly [type: string, listener?: unknown, options?: unknown];

/** Counts a listener for `abort` that is added or removed, unless it may go unseen (`signal`) or twice (`capture`). */
function count(
  owner: Node | undefined,
  [type, listener, options]: Listening,
  added: boolean,
): void {
  const { capture = options, signal } = Object(options);
  if (type !== 'abort' || capture === true || signal || !isObject(listener)) return;
  owner?.cancelable?.listening(listener, added);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
