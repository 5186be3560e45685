import { fileURLToPath } from 'node:url';
import { MagicString } from 'magic-string';
import ts from 'typescript';
import { type Fence, root } from './fence.ts';

/** A fence as a module that checks itself. */
export interface FenceModule {
  /** Each line of the fence is on the line it has in its file. */
  readonly text: string;
  /** The lines of its expectations. */
  readonly expectations: readonly number[];
  /** What is wrong with its comments. */
  readonly problems: readonly string[];
}

interface Comment {
  readonly pos: number;
  readonly end: number;
  readonly text: string;
  readonly line: number;
  /** Whether nothing is before it on its line. */
  readonly isAlone: boolean;
}

const value = /^\/\/ => (?<text>.+)$/;
const output = /^\/\/ Output:(?<text>.*)$/;
// Reads like an expectation, so it must be one.
const lookalike =
  /^\/\/\s*(?:[=-]+>|→|⇒|outputs?\b|prints?\b|logs?\b|returns?\b|throws?\b|rejects?\b)/i;

/**
 * Makes a module of a fence. `expr; // => value` becomes a comparison, a comment `// Output:` one with what has been
 * printed since the last. What stands where it would compare nothing is a problem.
 *
 * With `other`, each expected value is made another one.
 */
export function moduleOf(fence: Fence, other = false): FenceModule {
  const ast = ts.createSourceFile('fence.ts', fence.code, ts.ScriptTarget.Latest, true);
  const text = new MagicString(fence.code);
  const statements = expressionStatements(ast);
  const expectations: number[] = [];
  const problems: string[] = [];
  const comments = commentsOf(ast, fence);
  for (let comment = comments.shift(); comment; comment = comments.shift()) {
    const { pos, line } = comment;
    const expected = value.exec(comment.text)?.groups?.['text'];
    const printed = output.exec(comment.text)?.groups?.['text'];
    if (expected !== undefined) {
      const statement = statements.get(fence.code.slice(0, pos).trimEnd().length);
      if (!statement || fence.code.slice(statement.end, pos).includes('\n')) {
        problems.push(`${fence.file}:${line}: not behind an expression: ${comment.text}`);
        continue;
      }
      text.appendLeft(statement.expression.getStart(), `__fence.value(${line}, `);
      // The expected value is an element, so that a list of two is not taken for its last.
      text.appendRight(statement.expression.end, `, [${expected}${other ? ', 0' : ''}])`);
      expectations.push(line);
    } else if (printed !== undefined) {
      if (!isBetweenStatements(ast, pos)) {
        problems.push(`${fence.file}:${line}: not between statements: ${comment.text}`);
        continue;
      }
      const lines = [printed];
      for (
        let next = comments[0];
        next?.isAlone && next.line === line + lines.length;
        next = comments[0]
      ) {
        lines.push(next.text.slice(2));
        comments.shift();
      }
      if (other) lines.push(' another line');
      const all = lines.map((each) => each.replace(/^ /, '')).join('\n');
      text.overwrite(pos, comment.end, `;__fence.output(${line}, ${JSON.stringify(all)});`);
      expectations.push(line);
    } else if (lookalike.test(comment.text)) {
      problems.push(
        `${fence.file}:${line}: neither \`// => value\` nor \`// Output:\`: ${comment.text}`,
      );
    }
  }
  const prelude =
    `import { recorder as __recorder } from ${JSON.stringify(recorderPath)};` +
    `const __fence = __recorder(${JSON.stringify(pathOf(fence, other))}); const { console } = __fence;`;
  return {
    text: prelude + '\n'.repeat(fence.line - 1) + text.toString(),
    expectations,
    problems,
  };
}

const recorderPath = fileURLToPath(new URL('docs/fences/recorder.ts', root));
export const folder: string = fileURLToPath(new URL('docs/fences/of/', root));

/**
 * The path of the module that a fence is, for compilers and runners alike. There is no such file; it would be in this
 * workspace, so that a fence can import what this workspace can.
 */
export function pathOf({ file, line }: Pick<Fence, 'file' | 'line'>, other = false): string {
  return `${folder}${file}/${line}.${other ? 'other.' : ''}ts`;
}

/** The line comments, in order. */
function commentsOf(ast: ts.SourceFile, fence: Fence): Comment[] {
  const found = new Map<number, Comment>();
  for (const node of nodesOf(ast)) {
    const ranges = [
      ...(ts.getLeadingCommentRanges(ast.text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(ast.text, node.end) ?? []),
    ];
    for (const { pos, end, kind } of ranges) {
      if (kind !== ts.SyntaxKind.SingleLineCommentTrivia) continue;
      const line = fence.line + ast.getLineAndCharacterOfPosition(pos).line;
      const isAlone = /(?:^|\n)[ \t]*$/.test(ast.text.slice(0, pos));
      found.set(pos, { pos, end, text: ast.text.slice(pos, end).trimEnd(), line, isAlone });
    }
  }
  return [...found.values()].sort((a, b) => a.pos - b.pos);
}

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

/** The expression statements by where they end. */
function expressionStatements(ast: ts.SourceFile): Map<number, ts.ExpressionStatement> {
  const statements = [...nodesOf(ast)].filter((node) => ts.isExpressionStatement(node));
  return new Map(statements.map((statement) => [statement.end, statement]));
}

/** Whether a statement could be written at `pos`. */
function isBetweenStatements(ast: ts.SourceFile, pos: number): boolean {
  let innermost: ts.Node = ast;
  for (const node of nodesOf(ast)) {
    const isList = node.kind === ts.SyntaxKind.SyntaxList;
    if (!isList && node.getStart() < pos && pos < node.end) innermost = node;
  }
  return ts.isSourceFile(innermost) || ts.isBlock(innermost) || ts.isCaseOrDefaultClause(innermost);
}
