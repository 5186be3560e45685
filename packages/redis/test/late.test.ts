import { background, withCancelCause } from '@gosync/context';
import {
  type Driver,
  Session,
  type SessionOptions,
  SharedWeighted,
  SizeConflictError,
} from '@gosync/redis';
import { ioredis } from '@gosync/redis/ioredis';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasServer, Server } from './server.ts';

/** So long that no heartbeat comes by itself. */
const lease = 60_000;

/** Calls the server, and can keep one call back. */
class Postman implements Driver {
  readonly #driver: Driver;
  /** How many calls of each operation were made. */
  readonly calls = new Map<string, number>();
  /** The operation whose next call is kept back. */
  keep: string | undefined;
  /** Sends what was kept back. */
  deliver: () => Promise<unknown> = () => Promise.reject(new Error('test: nothing was kept back'));

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  run(...call: Parameters<Driver['run']>): Promise<unknown> {
    const operation = call[2][1] ?? '';
    this.calls.set(operation, (this.calls.get(operation) ?? 0) + 1);
    if (operation !== this.keep) return this.#driver.run(...call);
    this.keep = undefined;
    return new Promise((resolve, reject) => {
      this.deliver = async () => {
        const sent = this.#driver.run(...call);
        sent.then(resolve, reject);
        return sent;
      };
    });
  }

  subscribe(...channel: Parameters<Driver['subscribe']>): ReturnType<Driver['subscribe']> {
    return this.#driver.subscribe(...channel);
  }

  unknownOutcome(error: unknown): boolean {
    return this.#driver.unknownOutcome(error);
  }
}

/** Asks for a unit, and cancels that before anything can be answered. */
async function cancelRequest(sem: SharedWeighted): Promise<void> {
  const [ctx, cancel] = withCancelCause(background());
  const canceled = sem.permit(ctx);
  cancel('enough');
  await expect(canceled).rejects.toBe('enough');
}

describe.runIf(hasServer)('SharedWeighted.permit()', () => {
  let server: Server;
  const closed: (() => unknown)[] = [];

  function connect(options: SessionOptions = {}): { post: Postman; session: Session } {
    const client = new Redis(server.port);
    const post = new Postman(ioredis(client));
    const session = new Session(post, { lease, learning: false, ...options });
    closed.unshift(
      () => session.close(),
      () => client.disconnect(),
    );
    return { post, session };
  }

  beforeEach(async () => {
    server = await Server.start();
  });
  afterEach(async () => {
    for (const close of closed.splice(0)) await close();
    await server[Symbol.asyncDispose]();
  });

  it.each([
    ['the first of its process', 0],
    ['not the first', 1],
  ])(
    'leaves no unit behind when its request is overtaken by its cancellation, and is %s',
    async (_, before) => {
      const { post, session } = connect();
      const sem = new SharedWeighted(session, 'sem', 1);
      for (let i = 0; i < before; i++) await (await sem.permit()).release();
      post.keep = 'acquire';
      await cancelRequest(sem);
      // What leaves is answered in order.
      await sem.state();

      await post.deliver();
      expect(await sem.state()).toMatchObject({ held: 0, waiting: 0 });
    },
  );

  it('is canceled with one call when the size is another', async () => {
    await (await new SharedWeighted(connect().session, 'sem', 1).permit()).release();
    const { post, session } = connect();
    const sem = new SharedWeighted(session, 'sem', 2);
    await cancelRequest(sem);
    for (let i = 0; i < 5; i++) await sem.state();
    expect(post.calls.get('leave')).toBe(1);
  });

  it('is refused because of its size also after one that was canceled', async () => {
    await (await new SharedWeighted(connect().session, 'sem', 1).permit()).release();
    const { post, session } = connect();
    const sem = new SharedWeighted(session, 'sem', 2);
    post.keep = 'acquire';
    await cancelRequest(sem);
    await sem.state();
    await expect(sem.permit()).rejects.toThrow(SizeConflictError);
  });
});
