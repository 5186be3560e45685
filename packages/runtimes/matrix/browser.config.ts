import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { systemBrowsers } from './browsers.ts';

const root = join(import.meta.dirname, '../../..');

/** The tests of the five packages and the recorded vectors, in real browsers. */
export default defineConfig({
  root,
  resolve: { conditions: ['@gosync/source'] },
  // Found too late, it would be bundled in the middle of the first run, which then begins anew.
  optimizeDeps: { include: ['fast-check'] },
  test: {
    include: ['packages/{context,semaphore,errgroup,singleflight,syncmap}/test/**/*.test.ts'],
    exclude: ['**/*.node.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: systemBrowsers(),
      instances: [{ browser: 'chromium' }, { browser: 'firefox' }, { browser: 'webkit' }],
    },
  },
});
