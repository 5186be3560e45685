import { existsSync, readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** The root of the repository. */
export const root: URL = new URL('../../../', import.meta.url);

/** A test that was made of one of Go's. */
export interface Ported {
  /** The name of Go's. */
  readonly go: string;
  /** From the root of the repository. */
  readonly file: string;
  /** The titles of its suites and its own, as one sentence. */
  readonly title: string;
}

const tag = / \[go: (?<go>\w+)\]/g;

/** What `describe` and `it` are called with, in all their forms: `it('…')`, `it.each(…)('…')`. */
function suiteOf(node: ts.Node): { callee: string; title: string } | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [title] = node.arguments;
  const callee = /^(?:describe|it|test)\b/.exec(node.expression.getText())?.[0];
  return callee && title && ts.isStringLiteralLike(title)
    ? { callee, title: title.text }
    : undefined;
}

/** The tests of a file whose titles name one of Go's. */
export function portedIn(file: string): Ported[] {
  const text = readFileSync(new URL(file, root), 'utf8');
  const ported: Ported[] = [];
  const visit = (node: ts.Node, suites: readonly string[]): void => {
    const suite = suiteOf(node);
    const inside = suite ? [...suites, suite.title] : suites;
    if (suite && suite.callee !== 'describe') {
      const title = inside.join(' ').replaceAll(tag, '');
      for (const match of suite.title.matchAll(tag)) {
        ported.push({ go: match.groups?.['go'] ?? '', file, title });
      }
    }
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), []);
  return ported;
}

/** All files of tests, from the root of the repository. */
export function testFiles(): string[] {
  const packages = readdirSync(new URL('packages/', root)).map((name) => `packages/${name}`);
  return [...packages, 'docs'].flatMap((workspace) => {
    const folder = new URL(`${workspace}/test/`, root);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts'))
      .map((path) => `${workspace}/test/${path}`)
      .sort();
  });
}
