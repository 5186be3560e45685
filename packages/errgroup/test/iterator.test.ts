import { background } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { describe, expect, it, vi } from 'vitest';

const ran = vi.fn<() => void>();

describe('Group.go() with a task that is a generator', () => {
  it.each<[string, () => unknown, string]>([
    [
      'an async generator',
      async function* () {
        ran();
        yield 1;
      },
      '[object AsyncGenerator]',
    ],
    [
      'a generator',
      function* () {
        ran();
        yield 1;
      },
      '[object Generator]',
    ],
    ['an iterator of an array', () => [1].values(), '[object Array Iterator]'],
  ])('fails with a TypeError that says what to do: %s', async (_title, task, text) => {
    const [group, ctx] = withContext(background());
    group.setLimit(1);
    await group.go(task);
    const message = `errgroup: task returned an iterator, which nobody runs: loop over it in an async function: ${text}`;
    await expect(group.wait()).rejects.toThrow(new TypeError(message));
    expect(ctx.err?.cause).toBeInstanceOf(TypeError);
    expect(ran).not.toHaveBeenCalled();
    expect(group.tryGo(() => undefined)).toBe(true);
  });

  it.each<[string, () => unknown]>([
    ['an array', () => [1]],
    ['a map', () => new Map()],
    ['an object with a method next', () => ({ next: () => 1 })],
    ['null', () => null],
  ])('takes other results as they are: %s', async (_title, task) => {
    const [group] = withContext(background());
    void group.go(task);
    await expect(group.wait()).resolves.toBe(undefined);
  });
});
