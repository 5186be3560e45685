import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The copy of the repository that this file is in: a mutated one. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const name = process.env['MUTATED'] ?? '';

function rank({ moduleId }: TestSpecification): string {
  return `${moduleId.includes('/conformance/') ? 1 : 0} ${moduleId}`;
}

/** The package's own tests first: they are short, and one that fails ends the run. */
class OwnFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)));
  }
}

export default defineConfig({
  root,
  resolve: {
    // By path: the links in node_modules lead out of the copy.
    alias: Object.fromEntries(
      [
        ['redis/node-redis', 'redis/src/drivers/node-redis.ts'],
        ['redis/ioredis', 'redis/src/drivers/ioredis.ts'],
        ...['context', 'semaphore', 'errgroup', 'singleflight', 'syncmap', 'tasks', 'redis'].map(
          (each) => [each, `${each}/src/index.ts`],
        ),
      ].map(([each, path]) => [`@gosync/${each}`, `${root}packages/${path}`]),
    ),
  },
  test: {
    include: [`packages/${name}/test/**/*.test.ts`, 'packages/conformance/test/**/*.test.ts'],
    exclude: [
      // They look at the text of the sources, not at what they do.
      'packages/conformance/test/{structure,ledger}.test.ts',
      // They measure for a long time what others see at once.
      'packages/conformance/test/{leaks-heap,leaks,soak}.node.test.ts',
      // They start programs of their own, which are not mutated.
      'packages/context/test/throwing.node.test.ts',
      'packages/{context,semaphore,errgroup}/test/memory.node.test.ts',
    ],
    // A mutant that makes a test wait for ever costs this much.
    testTimeout: 15_000,
    sequence: { sequencer: OwnFirst },
  },
});
