import { ioredis } from '@gosync/redis/ioredis';
import { nodeRedis } from '@gosync/redis/node-redis';
import { type Cluster as IoredisCluster, Redis as Ioredis } from 'ioredis';
import type { Redis as Iovalkey } from 'iovalkey';
import { createClient, createCluster } from 'redis';
import { describe, expect, expectTypeOf, it } from 'vitest';

describe('nodeRedis()', () => {
  it('takes what createClient and createCluster of node-redis return', () => {
    expectTypeOf(createClient()).toExtend<Parameters<typeof nodeRedis>[0]>();
    expectTypeOf(createCluster({ rootNodes: [] })).toExtend<Parameters<typeof nodeRedis>[0]>();
    expect(nodeRedis(createClient()).unknownOutcome(new Error('Socket closed'))).toBe(true);
  });
});

describe('ioredis()', () => {
  it('takes the clients of ioredis and iovalkey', () => {
    expectTypeOf<Ioredis>().toExtend<Parameters<typeof ioredis>[0]>();
    expectTypeOf<IoredisCluster>().toExtend<Parameters<typeof ioredis>[0]>();
    expectTypeOf<Iovalkey>().toExtend<Parameters<typeof ioredis>[0]>();
    const client = new Ioredis({ lazyConnect: true });
    expect(ioredis(client).unknownOutcome(new Error('Connection is closed.'))).toBe(true);
  });
});
