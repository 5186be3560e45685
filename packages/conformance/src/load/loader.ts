import { cause, type Context } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import type { Audit } from './audit.ts';
import { type Key, keys, type Task } from './plan.ts';

/** One call of the function that loads a key. */
interface Flight {
  readonly key: Key;
  /** Absent for a call that can not be abandoned. */
  readonly ctx: Context | undefined;
  forgotten: boolean;
}

class LoadError extends Error {
  readonly key: Key;

  constructor(key: Key) {
    super(`no such key: ${key}`);
    this.key = key;
  }
}

/** The loads that all requests share, and a list of those that are under way. */
export class Loader {
  readonly #audit: Audit;
  readonly #pause: () => Promise<void>;
  readonly #group = new Group<Flight, Key>();
  readonly #flights = new Set<Flight>();

  constructor(audit: Audit, pause: () => Promise<void>) {
    this.#audit = audit;
    this.#pause = pause;
  }

  /** Loads the key of a task in the way that the task does. */
  async load(ctx: Context, task: Task): Promise<void> {
    const { key } = task;
    if (task.forgets) this.#forget(key);
    try {
      const flight = await this.#call(ctx, task);
      this.#audit.expect(
        'a caller hears its own cause, an outcome of its key, or its error',
        flight === undefined || flight.key === key,
      );
      this.#audit.expect('an abandoned call has nobody who waits', flight?.ctx?.err === undefined);
    } catch (error) {
      const own = task.load === 'doContext' && error === cause(ctx);
      this.#audit.expect(
        'a caller hears its own cause, an outcome of its key, or its error',
        own || (error instanceof LoadError && error.key === key),
        error,
      );
      throw error;
    }
  }

  async finish(): Promise<void> {
    // Abandoned calls run on, for nobody.
    while (this.#flights.size > 0) await this.#pause();
    for (const key of keys) {
      let isCalled = false;
      const call = (): Flight => {
        isCalled = true;
        return { key, ctx: undefined, forgotten: false };
      };
      void this.#group.do(key, call);
      this.#audit.expect('no key has a call under way', isCalled, key);
    }
  }

  async #call(ctx: Context, task: Task): Promise<Flight | undefined> {
    const { key } = task;
    const fly = (own?: Context): Promise<Flight> => this.#fly(task, own);
    if (task.load === 'nothing') return undefined;
    if (task.load === 'do') return (await this.#group.do(key, fly))[0];
    if (task.load === 'doContext') return (await this.#group.doContext(ctx, key, fly))[0];
    const result = await this.#group.doChan(key, fly);
    if (!result.ok) throw result.err;
    return result.val;
  }

  async #fly({ key, pauses, fails }: Task, ctx: Context | undefined): Promise<Flight> {
    for (const other of this.#flights) {
      this.#audit.expect(
        'one call at a time for a key, unless it was forgotten or abandoned',
        other.key !== key || other.forgotten || other.ctx?.err !== undefined,
        key,
      );
    }
    const flight: Flight = { key, ctx, forgotten: false };
    this.#flights.add(flight);
    try {
      for (let i = 0; i < pauses; i++) await this.#pause();
      if (fails) throw new LoadError(key);
      return flight;
    } finally {
      this.#flights.delete(flight);
    }
  }

  #forget(key: Key): void {
    this.#group.forget(key);
    for (const flight of this.#flights) flight.forgotten ||= flight.key === key;
  }
}
