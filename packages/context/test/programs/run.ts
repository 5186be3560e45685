import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Outcome {
  readonly code: number | null;
  /** Everything that was written to stdout, without the last line break. */
  readonly output: string;
  /** Everything that was written to stderr. */
  readonly errors: string;
}

/** Compiles the program at `path` with the sources of this package, into one text. */
export async function compile(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(path, import.meta.url))],
    bundle: true,
    conditions: ['@gosync/source'],
    format: 'esm',
    platform: 'node',
    target: 'node20',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** Runs one part of a compiled program in a process of its own, and waits for its end. */
export async function run(program: string, part: string, ...flags: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [...flags, '--input-type=module', '-', part]);
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.end(program);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exit, output: output.trimEnd(), errors };
}
