import { defineConfig } from 'vitest/config';

/** Resolves workspace packages to their TypeScript sources, so that tests need no build. */
const conditions = ['@gosync/source'];

export default defineConfig({
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
