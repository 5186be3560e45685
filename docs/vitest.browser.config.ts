import { defineConfig } from 'vitest/config';

/** Tests of the built site in browsers, apart from the others because they need both. */
export default defineConfig({
  test: {
    include: ['test/**/*.browser.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.reports/browser.json' }]],
  },
});
