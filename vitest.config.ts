import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['packages/*', 'docs'],
    coverage: {
      provider: 'v8',
      include: ['packages/{context,semaphore,errgroup,singleflight,syncmap,tasks}/src/**'],
      // Nothing but exports.
      exclude: ['**/index.ts', 'packages/context/src/internal.ts'],
      reporter: ['text', 'json-summary'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
