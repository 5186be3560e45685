import { Session } from '@gosync/redis';
import { ioredis } from '@gosync/redis/ioredis';
import { nodeRedis } from '@gosync/redis/node-redis';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { describe, expect, it } from 'vitest';

/** Calls `f` with what its types forbid. */
function misuse(f: (value: never) => unknown, value: unknown): () => unknown {
  return () => Reflect.apply(f, undefined, [value]);
}

describe('Session.constructor()', () => {
  it.each([
    ['a client', createClient(), '[object Object]'],
    ['an object', {}, '[object Object]'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['an address', 'redis://localhost', '"redis://localhost"'],
  ])('refuses %s for a driver', (_, driver, shown) => {
    const create = misuse((value) => new Session(value), driver);
    const text = `redis: driver is not made by nodeRedis() or ioredis(): ${shown}`;
    expect(create).toThrow(new TypeError(text));
  });
});

describe('nodeRedis()', () => {
  it.each([undefined, 7, {}, new Redis({ lazyConnect: true })])(
    'refuses %o, which is no client of node-redis',
    (client) => {
      const driver = misuse(nodeRedis, client);
      expect(driver).toThrow(TypeError);
      expect(driver).toThrow(/^redis: client is not one of node-redis: (?:undefined|7|\[object)/);
    },
  );
});

describe('ioredis()', () => {
  it.each([undefined, 7, {}, createClient()])(
    'refuses %o, which is no client of ioredis',
    (client) => {
      const driver = misuse(ioredis, client);
      expect(driver).toThrow(TypeError);
      expect(driver).toThrow(/^redis: client is not one of ioredis: (?:undefined|7|\[object)/);
    },
  );
});
