import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Each package's own tests: what an example happens to run is not tested by it.
    projects: ['packages/{context,semaphore,errgroup,singleflight,syncmap}'],
    coverage: {
      provider: 'v8',
      include: ['packages/{context,semaphore,errgroup,singleflight,syncmap}/src/**'],
      // Nothing but exports.
      exclude: ['**/index.ts'],
      reporter: ['text', 'json-summary'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
