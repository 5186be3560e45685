import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { fencesOfPage } from './markdown.ts';

/** A piece of code printed for the reader. */
export interface Fence {
  /** Where it is printed, from the root of the repository. */
  readonly file: string;
  /** The line of `file` that holds the first line of `code`, from 1. */
  readonly line: number;
  /** What it is said to show; empty when nothing is said. */
  readonly title: string;
  readonly language: string;
  readonly code: string;
}

export const root: URL = new URL('../../', import.meta.url);

// Each fence is loaded by itself, twice: a page is read once as long as it does not change.
const known = new Map<string, { readonly text: string; readonly fences: readonly Fence[] }>();

/** All fences of `file`, a Markdown page or a TypeScript source, in order. */
export function fencesOf(file: string): readonly Fence[] {
  const text = readFileSync(new URL(file, root), 'utf8');
  const found = known.get(file);
  if (found?.text === text) return found.fences;
  const pages = file.endsWith('.md') ? [{ line: 1, text }] : docComments(text);
  const fences = pages.flatMap((page) =>
    fencesOfPage(page.text).map(({ line, title, language, code }) => {
      return { file, line: line + page.line - 1, title, language, code };
    }),
  );
  known.set(file, { text, fences });
  return fences;
}

/** The text of each `/** … *\/` of a source, and the line it begins at. */
function docComments(source: string): { line: number; text: string }[] {
  const ast = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const found = new Map<number, { line: number; text: string }>();
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []) {
      const comment = source.slice(pos, end);
      if (!comment.startsWith('/**')) continue;
      found.set(pos, {
        line: ast.getLineAndCharacterOfPosition(pos).line + 1,
        text: comment.slice(3, -2).replaceAll(/^[ \t]*\*? ?/gm, ''),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(ast);
  return [...found.values()];
}
