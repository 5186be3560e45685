import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { systemBrowsers } from './browsers.ts';
import { neutralTests, probes } from './files.ts';
import { forVite } from './stand-ins.ts';

const root = join(import.meta.dirname, '../../..');

/** The tests of the packages that run in browsers and the recorded vectors, in real browsers. */
export default defineConfig({
  root,
  plugins: [forVite()],
  // Not every browser knows `using`.
  oxc: { target: 'es2022' },
  resolve: { conditions: ['@gosync/source'] },
  // Found too late, it would be bundled in the middle of the first run, which then begins anew.
  optimizeDeps: { include: ['fast-check'] },
  test: {
    include: [...neutralTests(), probes],
    setupFiles: [join(import.meta.dirname, 'neutral/platform.ts')],
    // One page for all: loading it is most of the time.
    isolate: false,
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: systemBrowsers(),
      instances: [{ browser: 'chromium' }, { browser: 'firefox' }, { browser: 'webkit' }],
    },
  },
});
