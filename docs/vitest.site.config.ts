import { defineConfig } from 'vitest/config';

/** Tests of the built site, apart from the others because they need the build. */
export default defineConfig({
  test: {
    include: ['site/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.reports/site.json' }]],
  },
});
