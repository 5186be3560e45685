import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

export default mergeConfig(
  shared,
  defineConfig({
    // Many small cases in one test: a slow machine must not fail them.
    test: { testTimeout: 60_000 },
  }),
);
