import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** The whole dependency graph: what each published package imports. */
const graph: Readonly<Record<string, readonly string[]>> = {
  context: [],
  semaphore: ['context'],
  errgroup: ['context', 'semaphore'],
  singleflight: ['context'],
  redis: ['context', 'semaphore', 'singleflight'],
  syncmap: [],
  tasks: ['context', 'errgroup', 'semaphore'],
};

const packages = new URL('../../', import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, packages), 'utf8');
}

function sourcesOf(name: string): { file: string; text: string }[] {
  return readdirSync(new URL(`${name}/src`, packages), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: read(`${name}/src/${file}`) }));
}

/** How many lines have code in them: neither empty nor only a comment. */
function codeLines(text: string): number {
  const file = ts.createSourceFile('', text, ts.ScriptTarget.Latest, true);
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(file);
    for (const child of children) visit(child);
    if (children.length > 0 || node.getWidth(file) === 0) return;
    const last = file.getLineAndCharacterOfPosition(node.getEnd()).line;
    const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line;
    for (let line = first; line <= last; line++) lines.add(line);
  };
  visit(file);
  return lines.size;
}

describe('codeLines()', () => {
  it('counts neither empty lines nor comments', () => {
    expect(
      codeLines('/** Two. */\n\nconst a = `${1}`; // one\n/* b */ const b = {\n};\n/** c */\n'),
    ).toBe(3);
  });
});

describe.each(Object.entries(graph))('packages/%s', (name, allowed) => {
  const sources = sourcesOf(name);
  const dependencies = allowed.map((each) => `@gosync/${each}`);

  it('imports what the dependency graph says', () => {
    const imported = sources
      .flatMap(({ text }) => ts.preProcessFile(text, true, true).importedFiles)
      .map(({ fileName }) => fileName)
      .filter((from) => !from.startsWith('.'))
      // A package, whichever of its entry points.
      .map((from) => from.split('/').slice(0, 2).join('/'));
    expect([...new Set(imported)].sort()).toEqual(dependencies);
  });

  it('declares its dependencies and no others', () => {
    const manifest: Readonly<Record<string, unknown>> = JSON.parse(read(`${name}/package.json`));
    const declared = Object.fromEntries(dependencies.map((each) => [each, 'workspace:^']));
    expect(manifest['dependencies'] ?? {}).toEqual(declared);
    expect(manifest).not.toHaveProperty('optionalDependencies');
    expect(manifest).not.toHaveProperty('bundledDependencies');
  });

  it('has no file for what belongs nowhere', () => {
    const names = sources.map(({ file }) => basename(file));
    expect(names.filter((file) => /util|helper|common|misc/i.test(file))).toEqual([]);
  });

  it('lists its exports by name', () => {
    const stars = sources.filter(({ text }) => /^export (?:type )?\*/m.test(text));
    expect(stars.map(({ file }) => file)).toEqual([]);
  });

  it('has at most 130 lines of code in a file, 40 in index.ts', () => {
    const long = sources
      .map(({ file, text }) => ({ file, lines: codeLines(text) }))
      .filter(({ file, lines }) => lines > (file === 'index.ts' ? 40 : 130));
    expect(long).toEqual([]);
  });
});
