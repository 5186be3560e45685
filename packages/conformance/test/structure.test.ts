import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** The whole dependency graph: what each published package may and does import. */
const graph: Readonly<Record<string, readonly string[]>> = {
  context: [],
  semaphore: ['@gosync/context'],
  errgroup: ['@gosync/context', '@gosync/semaphore'],
  singleflight: ['@gosync/context'],
  syncmap: [],
};

const packages = new URL('../../', import.meta.url);

interface Source {
  readonly path: string;
  readonly text: string;
  readonly ast: ts.SourceFile;
}

function filesBelow(folder: string): string[] {
  const url = new URL(folder, packages);
  if (!existsSync(url)) return [];
  return readdirSync(url, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}

function sourcesOf(name: string): Source[] {
  return filesBelow(`${name}/src`).map((path) => {
    const text = readFileSync(path, 'utf8');
    return { path, text, ast: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
  });
}

function* nodes(root: ts.Node): Generator<ts.Node> {
  yield root;
  for (const child of root.getChildren()) yield* nodes(child);
}

/** Every module specifier: import, export … from, import(), require() and import types. */
function specifiers({ ast }: Source): string[] {
  return [...nodes(ast)].flatMap((node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      return ts.isStringLiteral(node.moduleSpecifier) ? [node.moduleSpecifier.text] : [];
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      return ts.isStringLiteral(node.argument.literal) ? [node.argument.literal.text] : [];
    }
    const calls = ts.isCallExpression(node) ? node : undefined;
    const callee = calls?.expression;
    if (callee?.kind !== ts.SyntaxKind.ImportKeyword && callee?.getText() !== 'require') return [];
    const [argument] = calls?.arguments ?? [];
    return argument && ts.isStringLiteral(argument) ? [argument.text] : ['(computed)'];
  });
}

function isAssertion(node: ts.Node): node is ts.AsExpression | ts.TypeAssertion {
  return ts.isAsExpression(node) || ts.isTypeAssertionExpression(node);
}

function where({ path, ast }: Source, position: number): string {
  const { line } = ast.getLineAndCharacterOfPosition(position);
  return `${path.slice(path.indexOf('/packages/') + 1)}:${line + 1}`;
}

/** How many lines have code on them: a contract may be as long as it has to be. */
function codeLines(text: string): number {
  const code = text.replaceAll(/\/\*.*?\*\//gs, '').split('\n');
  return code.filter((line) => !/^\s*(?:\/\/.*)?$/.test(line)).length;
}

function isLong({ path, text }: Source): boolean {
  return basename(path) === 'index.ts'
    ? text.trimEnd().split('\n').length > 40
    : codeLines(text) > 130;
}

function manifest(name: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(new URL(`${name}/package.json`, packages), 'utf8'));
}

describe.each(Object.entries(graph))('packages/%s', (name, allowed) => {
  const sources = sourcesOf(name);
  const isWritten = sources.some(({ path }) => basename(path) !== 'index.ts');

  it('has an index.ts', () => {
    expect(sources.map(({ path }) => basename(path))).toContain('index.ts');
  });

  it('imports what the dependency graph says', () => {
    const imported = new Set(sources.flatMap(specifiers).filter((from) => !from.startsWith('./')));
    // An empty package may still import less.
    const expected = isWritten ? allowed : allowed.filter((from) => imported.has(from));
    expect([...imported].sort()).toEqual(expected);
  });

  it('declares its dependencies and no others', () => {
    const declared = manifest(name);
    const range = Object.fromEntries(allowed.map((dependency) => [dependency, 'workspace:^']));
    expect(declared['dependencies'] ?? {}).toEqual(range);
    expect(declared).not.toHaveProperty('peerDependencies');
    expect(declared).not.toHaveProperty('optionalDependencies');
    expect(declared).not.toHaveProperty('bundledDependencies');
  });

  it('has no file for what belongs nowhere', () => {
    const names = sources.map(({ path }) => basename(path));
    expect(names.filter((file) => /util|helper|common|misc/i.test(file))).toEqual([]);
  });

  it('lists its exports by name', () => {
    const stars = sources.flatMap((source) =>
      source.ast.statements
        .filter((node) => ts.isExportDeclaration(node))
        .filter(({ exportClause }) => !exportClause || ts.isNamespaceExport(exportClause))
        .map((node) => where(source, node.getStart())),
    );
    expect(stars).toEqual([]);
  });

  it('uses neither `any`, nor a cast through `unknown`, nor `!`', () => {
    const found = sources.flatMap((source) =>
      [...nodes(source.ast)]
        .filter(
          (node) =>
            node.kind === ts.SyntaxKind.AnyKeyword ||
            ts.isNonNullExpression(node) ||
            (isAssertion(node) &&
              node.type.kind !== ts.SyntaxKind.UnknownKeyword &&
              isAssertion(node.expression)),
        )
        .map((node) => where(source, node.getStart())),
    );
    expect(found).toEqual([]);
  });

  it('silences neither the compiler nor coverage without a reason', () => {
    const found = sources.flatMap((source) =>
      [
        ...source.text.matchAll(
          /@ts-(?:ignore|expect-error|nocheck)|(?:v8|c8|istanbul) ignore(?!.*--)/g,
        ),
      ].map((match) => where(source, match.index)),
    );
    expect(found).toEqual([]);
  });

  it('keeps every source file within 130 lines of code, index.ts within 40 lines', () => {
    const long = sources
      .filter(isLong)
      .map(({ path, text }) => `${basename(path)}: ${codeLines(text)}`);
    expect(long).toEqual([]);
  });

  it('has tests once it has code', () => {
    const tests = filesBelow(`${name}/test`).filter((path) => path.endsWith('.test.ts'));
    expect(tests.length > 0).toBe(isWritten);
  });
});
