import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { bareContexts } from '../../fences/bare-context.ts';

const docs = new URL('../../', import.meta.url);

describe('The examples', () => {
  it('pass no context as an object of options', () => {
    const names = ['examples/', '.vitepress/theme/'].flatMap((folder) =>
      readdirSync(new URL(folder, docs), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.[jt]s$/.test(name))
        .map((name) => fileURLToPath(new URL(folder + name, docs))),
    );
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(fileURLToPath(new URL('tsconfig.json', docs)), (path) =>
        ts.sys.readFile(path),
      ).config,
      ts.sys,
      fileURLToPath(docs),
    );
    const program = ts.createProgram(names, options);
    const files = names.map((name) => program.getSourceFile(name));
    expect(files.length).toBeGreaterThan(40);
    const found = files.flatMap((file) =>
      file ? bareContexts(program, file).map((at) => `${file.fileName}:${at}`) : ['not compiled'],
    );
    expect(found).toEqual([]);
  }, 30_000);
});
