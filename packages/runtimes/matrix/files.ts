import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const root: string = join(import.meta.dirname, '../../..');

export const packages = [
  'context',
  'semaphore',
  'errgroup',
  'singleflight',
  'syncmap',
  'tasks',
] as const;

export const vectors = 'packages/conformance/test/replay.test.ts';
export const probes = 'packages/runtimes/matrix/neutral/probes.test.ts';

/** The test files that need nothing of Node, from the root of the repository. */
export function neutralTests(): string[] {
  const own = packages.flatMap((name) =>
    readdirSync(join(root, 'packages', name, 'test'))
      .filter((file) => file.endsWith('.test.ts') && !file.endsWith('.node.test.ts'))
      .map((file) => `packages/${name}/test/${file}`),
  );
  return [...own, vectors];
}
