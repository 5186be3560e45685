import { Group } from '@gosync/singleflight';
import { describe, expect, it } from 'vitest';
import { Deferred } from './upstream.ts';

describe('Group', () => {
  it('gives two callers of one key the result of the first one’s function [go: ExampleGroup]', async () => {
    const group = new Group<string>();
    const block = new Deferred<void>();
    const first = group.doChan('key', async () => {
      await block.promise;
      return 'func 1';
    });
    const second = group.doChan('key', async () => {
      await block.promise;
      return 'func 2';
    });
    block.resolve();
    const results = await Promise.all([first, second]);
    expect(results.map(({ shared }) => shared)).toEqual([true, true]);
    expect(results.map(({ val }) => val)).toEqual(['func 1', 'func 1']);
  });

  it('keeps a stampede of callers from a slow upstream, and is no cache', async () => {
    const group = new Group<string>();
    let queries = 0;
    const profile = async (id: string): Promise<string> => {
      const [text] = await group.do(id, async () => {
        queries++;
        await Promise.resolve();
        return `profile of ${id}`;
      });
      return text;
    };
    const ids = ['ada', 'bob', 'ada', 'ada', 'bob'];
    expect(await Promise.all(ids.map(profile))).toEqual(ids.map((id) => `profile of ${id}`));
    expect(queries).toBe(2);
    await profile('ada');
    expect(queries).toBe(3);
  });
});
