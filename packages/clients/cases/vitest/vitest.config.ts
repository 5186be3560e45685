import { defineConfig } from 'vitest/config';

const conditions = ['@gosync/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: ['*.test.ts'] },
});
