import { defineConfig, mergeConfig } from 'vitest/config';

/** Resolves workspace packages to their TypeScript sources, so that tests need no build. */
const conditions = ['@gosync/source'];

const base = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // A file in a thread of its own starts in three quarters of the time of one in a process of its own.
    pool: 'threads',
    // A slow or busy machine must not fail a test.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The report is what `.ci/count.mjs` adds up.
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
  },
});

const tests = 'test/**/*.test.ts';
const testsForNodeAlone = 'test/**/*.node.test.ts';

export default mergeConfig(base, { test: { include: [tests] } });

/** For a package whose own tests run each of its lines; they are held to it with `--coverage`, and in CI. */
export const covered = mergeConfig(base, {
  test: {
    projects: [
      {
        extends: true,
        // On the other runtimes, too, these files run one after another in the same process, and starting a thread for
        // each takes longer than most of them.
        test: { name: 'any', include: [tests], exclude: [testsForNodeAlone], isolate: false },
      },
      { extends: true, test: { name: 'node', include: [testsForNodeAlone] } },
    ],
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
