import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { equivalents } from './equivalents.ts';

const positionSchema = v.object({ line: v.number(), column: v.number() });
const reportSchema = v.object({
  files: v.record(
    v.string(),
    v.object({
      source: v.string(),
      mutants: v.array(
        v.object({
          replacement: v.string(),
          status: v.string(),
          location: v.object({ start: positionSchema, end: positionSchema }),
        }),
      ),
    }),
  ),
});

type Report = v.InferOutput<typeof reportSchema>;

interface Located {
  readonly path: string;
  /** All of the file. */
  readonly lines: readonly string[];
  readonly mutant: Report['files'][string]['mutants'][number];
}

/** A mutant that no test has noticed. */
export interface Survivor {
  /** From the repository's root, with the line. */
  readonly place: string;
  /** What it changes, and into what. */
  readonly original: string;
  readonly replacement: string;
  /** Why it does what the original does; absent when nobody has found that out. */
  readonly why: string | undefined;
}

/** What became of the mutants of one package. */
export interface Summary {
  readonly mutants: number;
  readonly detected: number;
  /** Mutants that could not be judged: they broke the test runner. */
  readonly errors: number;
  readonly survivors: readonly Survivor[];
}

/** Reads the report of the last run. */
export function readReport(file: string): Summary {
  const { files } = v.parse(reportSchema, JSON.parse(readFileSync(file, 'utf8')));
  const mutants = Object.entries(files).flatMap(([path, { source, mutants: all }]) => {
    const lines = source.split('\n');
    return all.map((mutant) => ({ path, lines, mutant }));
  });
  const judged = mutants.filter(({ mutant }) => mutant.status !== 'Ignored');
  const withStatus = (...statuses: string[]): Located[] =>
    judged.filter(({ mutant }) => statuses.includes(mutant.status));
  return {
    mutants: judged.length,
    detected: withStatus('Killed', 'Timeout').length,
    errors: withStatus('RuntimeError', 'CompileError', 'Pending').length,
    survivors: withStatus('Survived', 'NoCoverage').map(describe),
  };
}

function describe({ path, lines, mutant: { location, replacement } }: Located): Survivor {
  const { start, end } = location;
  const text = lines.slice(start.line - 1, end.line);
  const line = text[0]?.trim() ?? '';
  // Columns count from 1, the end is the first that is not part of it. The end first: it may be in the same line.
  text.push(text.pop()?.slice(0, end.column - 1) ?? '');
  text.unshift(text.shift()?.slice(start.column - 1) ?? '');
  const original = text.join('\n');
  const known = equivalents.find(
    (each) =>
      path.endsWith(each.file) &&
      each.line === line &&
      each.replacement === replacement &&
      (each.original ?? original) === original,
  );
  return { place: `${path}:${start.line}`, original, replacement, why: known?.why };
}
