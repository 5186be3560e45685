import { background, type Context } from '@gosync/context';
import type { Driver } from './driver.ts';

/** How a {@link Session} behaves. */
export interface SessionOptions {
  /** What all keys begin with: `'gosync'` when left out. */
  readonly prefix?: string;
  /** In milliseconds: 10 000 when left out. */
  readonly lease?: number;
  /** For how long a request that the server has not answered is tried again, in milliseconds: the lease when left out. */
  readonly patience?: number;
  /** Whether nothing is granted for one lease after the server has restarted: `true` when left out. */
  readonly learning?: boolean;
}

/** The identity of this process at one server: everything it holds or waits for is bound to it. */
export class Session {
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
  readonly id: string = '';
  readonly context: Context = background();

  readonly #driver: Driver;

  constructor(driver: Driver, _options: SessionOptions = {}) {
    this.#driver = driver;
  }

  /** Whether the server tells that it has restarted; `undefined` before the first answer. */
  get protection(): boolean | undefined {
    return undefined;
  }

  /** How waiters are told: by a message, or by asking each third of a lease; `undefined` before it is known. */
  get wake(): 'push' | 'poll' | undefined {
    return undefined;
  }

  /** Gives everything back. */
  close(): Promise<void> {
    return Promise.reject(new Error('redis: not written yet', { cause: this.#driver }));
  }
}
