import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { background, withCancelCause } from '@gosync/context';
import { type Flight, type Semaphore, Session, SharedGroup, SharedWeighted } from '@gosync/redis';
import { ioredis } from '@gosync/redis/ioredis';
import { nodeRedis } from '@gosync/redis/node-redis';
import { Weighted } from '@gosync/semaphore';
import { Group } from '@gosync/singleflight';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { hasServer, Server } from './server.ts';

/** Makes what is tested: in one process, or across them, each user with a session of its own. */
interface Ground {
  semaphores(size: number): [Semaphore, Semaphore];
  flights(): [Flight<string>, Flight<string>];
}

const local: Ground = {
  semaphores(size) {
    const sem = new Weighted(size);
    return [sem, sem];
  },
  flights() {
    const group = new Group<string>();
    return [group, group];
  },
};

let server: Server | undefined;
const sessions: Session[] = [];
const closed: (() => unknown)[] = [];
let names = 0;

const shared: Ground = {
  semaphores(size) {
    const name = `sem${names++}`;
    const [one, two] = sessions;
    if (!one || !two) throw new Error('no sessions');
    return [new SharedWeighted(one, name, size), new SharedWeighted(two, name, size)];
  },
  flights() {
    const name = `fly${names++}`;
    const [one, two] = sessions;
    if (!one || !two) throw new Error('no sessions');
    return [new SharedGroup<string>(one, name), new SharedGroup<string>(two, name)];
  },
};

beforeAll(async () => {
  if (!hasServer) return;
  server = await Server.start();
  const client = await createClient({ url: server.url }).connect();
  const other = new Redis(server.port);
  // The server has just started, and would not grant anything for a lease.
  const options = { learning: false };
  sessions.push(new Session(nodeRedis(client), options), new Session(ioredis(other), options));
  closed.push(
    () => client.destroy(),
    () => other.disconnect(),
  );
});

afterAll(async () => {
  await Promise.all(sessions.map((session) => session.close()));
  for (const close of closed) close();
  await server?.[Symbol.asyncDispose]();
});

/** A promise, and what resolves it. */
function gate<T = void>(): [Promise<T>, (value: T) => void] {
  const opened: { resolve?: (value: T) => void } = {};
  const promise = new Promise<T>((resolve) => {
    opened.resolve = resolve;
  });
  return [promise, (value) => opened.resolve?.(value)];
}

const grounds: readonly (readonly [string, Ground])[] = hasServer
  ? [
      ['in one process', local],
      ['across processes', shared],
    ]
  : [['in one process', local]];

describe.each(grounds)('a Semaphore %s', (_name, ground) => {
  it('is what both kinds are', () => {
    expectTypeOf<Weighted>().toExtend<Semaphore>();
    expectTypeOf<SharedWeighted>().toExtend<Semaphore>();
    expect(ground.semaphores(1)).toHaveLength(2);
  });

  it('hands out up to its size, then in order of arrival', async () => {
    const [a, b] = ground.semaphores(2);
    const first = await a.permit(undefined, 2);
    const order: string[] = [];
    const second = a.permit(undefined, 2).then((permit) => {
      order.push('a');
      return permit;
    });
    // The server must have heard of the first before the second is sent by another connection.
    if (a instanceof SharedWeighted) await a.state();
    const third = b.permit().then((permit) => {
      order.push('b');
      return permit;
    });
    first.release();
    (await second).release();
    (await third).release();
    expect(order).toEqual(['a', 'b']);
  });

  it('gives a unit back once, however often it is released', async () => {
    const [a, b] = ground.semaphores(1);
    const permit = await a.permit();
    expect(permit.n).toBe(1);
    permit.release();
    permit.release();
    // What was sent is answered in order.
    if (a instanceof SharedWeighted) await a.state();
    const next = await b.permit();
    let granted = false;
    const waiting = a.permit().then((last) => {
      granted = true;
      return last;
    });
    if (a instanceof SharedWeighted) await a.state();
    expect(granted).toBe(false);
    next.release();
    (await waiting).release();
  });

  it('rejects with the cause of a context that is done, before and while it waits', async () => {
    const [a] = ground.semaphores(1);
    const [ctx, cancel] = withCancelCause(background());
    const held = await a.permit(ctx);
    const waiting = a.permit(ctx);
    cancel('closing time');
    await expect(waiting).rejects.toBe('closing time');
    await expect(a.permit(ctx)).rejects.toBe('closing time');
    held.release();
    (await a.permit()).release();
  });

  it('runs a task with its units held, and gives them back however it ends', async () => {
    const [a, b] = ground.semaphores(1);
    expect(await a.run(undefined, 1, () => 'value')).toBe('value');
    const failed = b.run(background(), 1, () => Promise.reject(new RangeError('no')));
    await expect(failed).rejects.toThrow('no');
    expect(await a.run(undefined, 1, async () => 2)).toBe(2);
  });

  it('refuses what is no weight, and what would wait for ever', async () => {
    const [a] = ground.semaphores(1);
    await expect(a.permit(undefined, -1)).rejects.toThrow(RangeError);
    await expect(a.permit(undefined, 1.5)).rejects.toThrow(RangeError);
    await expect(a.permit(undefined, 2)).rejects.toThrow('would wait for ever: 2 of 1');
    // @ts-expect-error -- what a program without types may do
    await expect(a.permit(7, 1)).rejects.toThrow('the context comes first, the weight second');
    // @ts-expect-error -- the same
    await expect(a.run(undefined, 1, 'task')).rejects.toThrow('task is not a function');
  });
});

describe.each(grounds)('a Flight %s', (_name, ground) => {
  it('is what both kinds are', () => {
    expectTypeOf<Group<string>>().toExtend<Flight<string>>();
    expectTypeOf<SharedGroup<string>>().toExtend<Flight<string>>();
    expect(ground.flights()).toHaveLength(2);
  });

  it('calls once for all callers of a key, and anew after the outcome', async () => {
    const [a, b] = ground.flights();
    let calls = 0;
    const [begun, begin] = gate();
    const [outcome, end] = gate<string>();
    const f = () => {
      calls++;
      begin();
      return outcome;
    };
    const first = a.do('key', f);
    await begun;
    const second = b.do('key', f);
    if (b instanceof SharedGroup) await settled(b);
    end('value');
    expect(await Promise.all([first, second])).toEqual([
      ['value', true],
      ['value', true],
    ]);
    expect(calls).toBe(1);
    expect(await b.do('key', () => 'new')).toEqual(['new', false]);
  });

  it('tells the call when the last caller has left', async () => {
    const [a, b] = ground.flights();
    const [one, leaveOne] = withCancelCause(background());
    const [two, leaveTwo] = withCancelCause(background());
    const [begun, begin] = gate();
    const [told, tell] = gate<string>();
    const f = (ctx: { signal: AbortSignal }) =>
      new Promise<string>(() => {
        begin();
        ctx.signal.addEventListener('abort', () => tell(String(ctx.signal.reason)));
      });
    const first = a.doContext(one, 'key', f);
    await begun;
    const second = b.doContext(two, 'key', f);
    if (b instanceof SharedGroup) await settled(b);
    leaveOne(new Error('one left'));
    await expect(first).rejects.toThrow('one left');
    if (a instanceof SharedGroup) await settled(a);
    leaveTwo(new Error('two left'));
    await expect(second).rejects.toThrow('two left');
    expect(await told).toBe('Error: two left');
  });

  it('rejects all callers with what the call failed with', async () => {
    const [a, b] = ground.flights();
    const [begun, begin] = gate();
    const [outcome, end] = gate();
    const f = async () => {
      begin();
      await outcome;
      throw new RangeError('no such user');
    };
    const first = a.do('key', f);
    await begun;
    const second = b.do('key', f);
    if (b instanceof SharedGroup) await settled(b);
    end();
    await expect(first).rejects.toThrow('no such user');
    await expect(second).rejects.toMatchObject({ name: 'RangeError', message: 'no such user' });
  });

  it('refuses what is no function', async () => {
    const [a] = ground.flights();
    // @ts-expect-error -- what a program without types may do
    await expect(a.do('key', 'f')).rejects.toThrow(TypeError);
    // @ts-expect-error -- the same
    await expect(a.doContext(background(), 'key', 'f')).rejects.toThrow(TypeError);
  });
});

/** Resolves when what `group` has sent has arrived: calls of one connection run in order. */
async function settled(group: SharedGroup<string>): Promise<void> {
  // Sent by the time that this is answered, and answered when the next is.
  await group.forget('another key');
  await group.forget('another key');
}
