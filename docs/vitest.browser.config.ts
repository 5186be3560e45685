import { defineConfig } from 'vitest/config';

/** Tests of the built site in browsers, apart from the others because they need both. */
export default defineConfig({
  test: {
    include: ['test/**/*.browser.ts'],
    // Most of the time is spent waiting for the browsers, one for each file.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.reports/browser.json' }]],
  },
});
