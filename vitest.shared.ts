import { defineConfig, mergeConfig } from 'vitest/config';

/** Resolves workspace packages to their TypeScript sources, so that tests need no build. */
const conditions = ['@gosync/source'];

const shared = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    // A file in a thread of its own starts in three quarters of the time of one in a process of its own.
    pool: 'threads',
    // A slow or busy machine must not fail a test.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The report is what `.ci/count.mjs` adds up.
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
  },
});

export default shared;

/** For a package whose own tests run each of its lines; they are held to it with `--coverage`, and in CI. */
export const covered = mergeConfig(shared, {
  test: {
    coverage: {
      enabled: process.env['CI'] === 'true',
      provider: 'v8',
      include: ['src/**'],
      // Nothing but exports.
      exclude: ['src/index.ts', 'src/internal.ts'],
      // Only the lines that were not run.
      reporter: [['text', { skipFull: true }]],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
