import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { background, type ContextLike, withCancelCause } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { Weighted } from '@gosync/semaphore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const digesters = 20;

/**
 * The MD5 sum of every file below `root`: one task walks, up to 20 digest, and the walker goes no faster than they do.
 * When it settles, in whatever way, nothing of it is running any more.
 */
async function md5All(
  parent: ContextLike,
  root: string,
  running: { now: number; peak: number },
): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  const [group, ctx] = withContext(parent);
  const bound = new Weighted(digesters);

  const digest = async (path: string): Promise<void> => {
    running.peak = Math.max(running.peak, ++running.now);
    try {
      const data = await readFile(path, ctx);
      sums.set(relative(root, path), createHash('md5').update(data).digest('hex'));
    } finally {
      running.now--;
      bound.release();
    }
  };
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await walk(path);
      if (!entry.isFile()) continue;
      await bound.acquire(ctx);
      void group.go(() => digest(path));
    }
  };
  void group.go(() => walk(root));
  await group.wait();
  return sums;
}

describe('examples of @gosync/errgroup', () => {
  let root: string;
  const expected = new Map<string, string>();

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'errgroup-'));
    for (let i = 0; i < 60; i++) {
      const folder = `folder ${i % 5}`;
      await mkdir(join(root, folder), { recursive: true });
      await writeFile(join(root, folder, `${i}.txt`), 'hello\n'.repeat(i));
      const sum = createHash('md5').update('hello\n'.repeat(i)).digest('hex');
      expected.set(join(folder, `${i}.txt`), sum);
    }
    await writeFile(join(root, 'empty'), '');
    expected.set('empty', 'd41d8cd98f00b204e9800998ecf8427e');
  });
  afterAll(() => rm(root, { recursive: true }));

  it('a pipeline: the sums of all files of a tree, with bounded parallelism [go: ExampleGroup_pipeline]', async () => {
    const running = { now: 0, peak: 0 };
    await expect(md5All(background(), root, running)).resolves.toEqual(expected);
    expect(running.now).toBe(0);
    expect(running.peak).toBeGreaterThan(1);
    expect(running.peak).toBeLessThanOrEqual(digesters);
  });

  it('a pipeline whose walk fails rejects with the error of that', async () => {
    const running = { now: 0, peak: 0 };
    await expect(md5All(background(), join(root, 'missing'), running)).rejects.toThrow('ENOENT');
    expect(running.now).toBe(0);
  });

  it('a pipeline that is canceled rejects with the cause, and has stopped by then', async () => {
    const running = { now: 0, peak: 0 };
    const [ctx, cancel] = withCancelCause(background());
    cancel(new Error('enough'));
    await expect(md5All(ctx, root, running)).rejects.toThrow('enough');
    expect(running.now).toBe(0);
  });
});
