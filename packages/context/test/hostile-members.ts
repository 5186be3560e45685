import { ForeignContext, WrappingContext } from './foreign-context.ts';

/** A signal with no more than a polyfill's: functions for listeners, and no way to take them off. */
export class HalfSignal {
  aborted = false;
  reason: unknown = undefined;
  readonly #listeners: (() => void)[] = [];

  addEventListener(_type: string, listener: () => void): void {
    if (typeof listener !== 'function') throw new TypeError('a function is needed');
    this.#listeners.push(listener);
  }

  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.#listeners) listener();
  }

  asSignal(): AbortSignal {
    // oxlint-disable-next-line typescript/consistent-type-assertions -- half a signal, which callers without types have
    return this as unknown as AbortSignal;
  }
}

/** What reading the reason of an {@link UnreadableSignal} throws. */
export const unreadable: Error = new Error('no reason');

/** Its reason cannot be read, and its listeners cannot be taken off because trying throws. */
export class UnreadableSignal extends HalfSignal {
  constructor() {
    super();
    Object.defineProperty(this, 'reason', {
      get() {
        throw unreadable;
      },
      set() {},
    });
  }

  removeEventListener(): never {
    throw new Error('no removal');
  }
}

/** A context of another make whose error throws when it is read, once it has ended. */
export class ThrowingContext extends ForeignContext {
  override abort(reason: unknown): void {
    Object.defineProperty(this, 'err', {
      get() {
        throw new Error('no error');
      },
    });
    super.abort(reason);
  }
}

/** A decorator, as for tracing. */
export class TracingContext extends WrappingContext {
  override toString(): string {
    return `${String(this.inner)}.Tracing`;
  }
}
