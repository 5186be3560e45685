import { defineConfig } from 'vitest/config';

/** Tests the packages as users get them: packed, and installed into an empty folder. Needs a build. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['*.test.ts'],
    globalSetup: './setup.ts',
    // They mostly wait for programs they start.
    maxWorkers: 2,
    // Compilers and bundlers, on machines that are busy with other checks.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '../.reports/packed.json' }]],
  },
});
