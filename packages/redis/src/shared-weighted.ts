import type { ContextLike, Context } from '@gosync/context';
import type { Session } from './session.ts';
import type { SharedPermit } from './shared-permit.ts';

/** What {@link SharedWeighted.state} tells. */
export interface SharedState {
  readonly size: number;
  readonly held: number;
  readonly waiting: number;
  readonly sessions: number;
}

type Task<T> = (ctx: Context, permit: SharedPermit) => T | PromiseLike<T>;

function missing(): Promise<never> {
  return Promise.reject(new Error('redis: not written yet'));
}

/** A weighted semaphore that processes share, first come, first served. */
export class SharedWeighted {
  readonly #session: Session;

  constructor(
    session: Session,
    _name: string,
    _size: number,
    _options: { readonly conflict?: 'reject' | 'replace' } = {},
  ) {
    this.#session = session;
  }

  permit(ctx: ContextLike | undefined, n?: number): Promise<SharedPermit>;
  permit(n?: number): Promise<SharedPermit>;
  permit(): Promise<SharedPermit> {
    return missing();
  }

  tryPermit(_n: number = 1): Promise<SharedPermit | undefined> {
    return missing();
  }

  run<T>(f: Task<T>): Promise<T>;
  run<T>(ctxOrN: ContextLike | number | undefined, f: Task<T>): Promise<T>;
  run<T>(ctx: ContextLike | undefined, n: number, f: Task<T>): Promise<T>;
  run<T>(): Promise<T> {
    return missing();
  }

  resize(_size: number): Promise<void> {
    return missing();
  }

  async state(): Promise<SharedState> {
    await this.#session.close();
    return missing();
  }
}
