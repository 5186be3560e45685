import { defineConfig } from 'vitest/config';

/** Resolves workspace packages to their TypeScript sources, so that tests need no build. */
const conditions = ['@gosync/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    // The report is what `.ci/count.mjs` adds up.
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
  },
});
