import { afterFunc, background, cause, type Context, type ContextLike } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expect, it } from 'vitest';
import { Deferred, drain } from '@gosync/testing/microtasks';

type Search = (ctx: Context, query: string) => Promise<string>;

function fakeSearch(kind: string): Search {
  return async (_ctx, query) => `${kind} result for "${query}"`;
}

async function readAll(urls: readonly string[]): Promise<string[]> {
  const bodies: string[] = [];
  const group = new Group();
  for (const [i, url] of urls.entries()) {
    void group.go(async () => {
      const response = await fetch(url);
      bodies[i] = await response.text();
    });
  }
  await group.wait();
  return bodies;
}

async function google(
  parent: ContextLike,
  query: string,
  searches: readonly Search[],
): Promise<string[]> {
  const [group, ctx] = withContext(parent);
  const results: string[] = [];
  for (const [i, search] of searches.entries()) {
    void group.go(async () => {
      results[i] = await search(ctx, query);
    });
  }
  await group.wait();
  return results;
}

const broken: Search = () => Promise.reject(new Error('no video today'));

describe('examples of @gosync/errgroup', () => {
  it('just errors: count tasks and hear of the first failure [go: ExampleGroup_justErrors]', async () => {
    await expect(readAll(['data:,one', 'data:,two', 'data:,three'])).resolves.toEqual([
      'one',
      'two',
      'three',
    ]);
    await expect(readAll(['data:,one', 'no-such-scheme:two'])).rejects.toThrow(TypeError);
  });

  it('parallel: gather the results of several searches, or fail with the first error [go: ExampleGroup_parallel]', async () => {
    const searches = ['web', 'image', 'video'].map(fakeSearch);
    await expect(google(background(), 'golang', searches)).resolves.toEqual([
      'web result for "golang"',
      'image result for "golang"',
      'video result for "golang"',
    ]);
    await expect(google(background(), 'golang', [...searches, broken])).rejects.toThrow(
      'no video today',
    );
  });

  it('five tasks of which number 3 fails', async () => {
    const [group] = withContext(background());
    const finished: number[] = [];
    for (let i = 1; i <= 5; i++) {
      void group.go(async (ctx) => {
        await drain(i);
        if (i === 3) throw new Error(`task ${i} failed`);
        if (!ctx.err) finished.push(i);
      });
    }
    await expect(group.wait()).rejects.toThrow('task 3 failed');
    expect(finished).toEqual([1, 2]);
  });

  it('two tasks of which one fails after a while and the other notices by its context', async () => {
    const [group, ctx] = withContext(background());
    const log: string[] = [];
    void group.go(async () => {
      await drain(3);
      throw new Error('out of paper');
    });
    void group.go(async () => {
      const ended = new Deferred();
      afterFunc(ctx, () => ended.resolve());
      await ended.promise;
      log.push(`stopping: ${String(cause(ctx))}`);
    });
    await expect(group.wait()).rejects.toThrow('out of paper');
    expect(log).toEqual(['stopping: Error: out of paper']);
  });
});
