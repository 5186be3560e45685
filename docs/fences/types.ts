import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { bareContexts } from './bare-context.ts';
import { type Fence, root } from './fence.ts';
import { moduleOf, pathOf } from './module.ts';

const config = fileURLToPath(new URL('docs/fences/tsconfig.json', root));

/** What the compiler says about each fence; a fence without an entry is well-typed. */
export function typeProblems(fences: readonly Fence[]): Map<Fence, string[]> {
  const files = new Map(fences.map((fence) => [pathOf(fence), fence]));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    fileURLToPath(new URL('docs/fences/', root)),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => {
    const fence = files.get(path);
    return fence ? moduleOf(fence).text : readFile(path);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = new Map<Fence, string[]>();
  for (const [path, fence] of files) {
    const file = program.getSourceFile(path);
    if (!file) throw new Error(`not compiled: ${path}`);
    const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line + 1;
    const bare = bareContexts(program, file).map(
      (position) =>
        `${fence.file}:${lineAt(position)}: a context as options: write { signal: ctx.signal }`,
    );
    const found = [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ].map(({ start = 0, code, messageText }) => {
      return `${fence.file}:${lineAt(start)}: TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    if (found.length + bare.length > 0) problems.set(fence, [...found, ...bare]);
  }
  return problems;
}
