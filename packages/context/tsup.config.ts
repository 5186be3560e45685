import type { PluginBuild } from 'esbuild';
import shared from '../../tsup.config.ts';

export default Object.assign(shared, {
  entry: ['src/index.ts', 'src/internal.ts'],
  esbuildPlugins: [
    {
      // The index exports a part of what is built into the other entry, so that there is one state for both.
      name: 'one state',
      setup(build: PluginBuild) {
        const file = build.initialOptions.format === 'cjs' ? './internal.cjs' : './internal.js';
        build.onResolve({ filter: /^\.\/internal\.ts$/ }, () => ({ path: file, external: true }));
      },
    },
  ],
});
