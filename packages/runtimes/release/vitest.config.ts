import { defineConfig } from 'vitest/config';

/** Rehearses a release with a registry on this machine. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['*.test.ts'],
    // Each waits for installs.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    reporters: ['default', ['json', { outputFile: '../.reports/release.json' }]],
  },
});
