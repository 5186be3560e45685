import type { Context } from '@gosync/context';

/** A signal as a careless implementation has it: it runs code when it is used, and a listener cannot be taken off. */
export class HalfSignal {
  readonly signal: AbortSignal;
  /** Called when the signal is asked whether it is aborted. */
  asked: (() => void) | undefined;
  /** Called when a listener is added. */
  listened: (() => void) | undefined;
  readonly #controller = new AbortController();

  constructor() {
    const half = this;
    this.signal = this.#controller.signal;
    const { addEventListener } = this.signal;
    Object.defineProperties(this.signal, {
      aborted: {
        get(): boolean {
          half.asked?.();
          return Reflect.get(AbortSignal.prototype, 'aborted', this);
        },
      },
      addEventListener: {
        value(...args: Parameters<AbortSignal['addEventListener']>): void {
          half.listened?.();
          Reflect.apply(addEventListener, this, args);
        },
      },
      removeEventListener: { value: undefined, configurable: true },
    });
  }

  abort(reason?: unknown): void {
    Reflect.deleteProperty(this.signal, 'removeEventListener');
    this.#controller.abort(reason);
  }
}

/** A context of another make, which reads its signal as it is told to. */
export function foreignContext(signal: () => AbortSignal): Context {
  return {
    get signal() {
      return signal();
    },
    deadline: undefined,
    err: undefined,
    value: () => undefined,
    toString: () => 'foreign',
  };
}
