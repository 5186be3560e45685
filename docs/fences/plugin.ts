import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Plugin } from 'vitest/config';
import { fencesOf, root } from './fence.ts';
import { folder, moduleOf, pathOf } from './module.ts';

/** Makes the fences importable by their {@link pathOf | paths}. */
export function fences(): Plugin {
  return {
    name: 'fences',
    enforce: 'pre',
    resolveId(id, importer = '') {
      // A reader's client is connected to a server of its own.
      if (id === 'redis' && importer.startsWith(folder)) {
        return fileURLToPath(new URL('docs/fences/client.ts', root));
      }
      return id.startsWith(folder) ? id : undefined;
    },
    load(id) {
      if (!id.startsWith(folder)) return undefined;
      const file = id.slice(folder.length, id.lastIndexOf('/'));
      const all = fencesOf(file).flatMap((fence) =>
        [false, true].map((other) => ({ fence, other })),
      );
      const found = all.find(({ fence, other }) => pathOf(fence, other) === id);
      if (!found) throw new Error(`no such fence: ${id}`);
      // Not left to the bundler: on Node 20, `using` has to be compiled.
      const { outputText, sourceMapText = '' } = ts.transpileModule(
        moduleOf(found.fence, found.other).text,
        {
          fileName: id,
          compilerOptions: {
            target: ts.ScriptTarget.ES2022,
            module: ts.ModuleKind.ESNext,
            sourceMap: true,
          },
        },
      );
      // A module has the lines of its page, so the page is what an error is shown in.
      const map = {
        ...JSON.parse(sourceMapText),
        sources: [fileURLToPath(new URL(file, root))],
      };
      return { code: outputText.replace(/^\/\/# sourceMappingURL=.*$/m, ''), map };
    },
  };
}
