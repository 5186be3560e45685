import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../vitest.shared.ts';
import { fences } from './fences/plugin.ts';

export default mergeConfig(
  shared,
  defineConfig({ plugins: [fences()], test: { globalSetup: ['fences/server.ts'] } }),
);
