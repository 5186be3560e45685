import { build } from 'esbuild';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, vi } from 'vitest';

// A machine under load takes its time to start a program.
vi.setConfig({ testTimeout: 60_000 });

const docs = fileURLToPath(new URL('../..', import.meta.url));
export const examples = `${docs}examples`;

// Compiled once, packages included: a program then starts in a quarter of the time. Inside `docs`, so that it finds its
// dependencies.
const compiled = mkdtempSync(`${docs}node_modules/.examples-`);
afterAll(() => rmSync(compiled, { recursive: true }));
await build({
  entryPoints: [`${examples}/**/*.ts`],
  outdir: compiled,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['@gosync/source'],
  external: ['cli-progress', 'picocolors', 'pretty-bytes', 'redis'],
});

export type Command = readonly [file: string, ...args: string[]];

/** The command line that runs an example. */
export function command(example: string, ...args: string[]): Command {
  return [process.execPath, `${compiled}/${example.replace(/ts$/, 'mjs')}`, ...args];
}

export interface Outcome {
  /** The exit code; `null` when a signal killed it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. Its output is kept byte for byte: latin1 is the encoding that does. */
export class Program {
  readonly child: ChildProcessWithoutNullStreams;
  /** When it has ended by itself and all its output was read. */
  readonly outcome: Promise<Outcome>;
  private output = { stdout: '', stderr: '' };

  constructor([file, ...args]: Command, cwd?: string) {
    // Nothing else of the environment: it may say that this is a CI, and what to think of colours.
    const { PATH, HOME, TMPDIR } = process.env;
    this.child = spawn(file, args, { cwd, env: { PATH, HOME, TMPDIR, TERM: 'xterm' } });
    for (const stream of ['stdout', 'stderr'] as const) {
      this.child[stream].setEncoding('latin1').on('data', (text) => (this.output[stream] += text));
    }
    running.add(this);
    this.outcome = this.end();
  }

  /** Waits until it has printed something that matches. Rejects when it ends without. */
  async printed(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<void> {
    while (!pattern.test(this.output[stream])) {
      if (this.child[stream].readableEnded) {
        throw new Error(`ended without ${pattern}: ${JSON.stringify(this.output)}`);
      }
      await Promise.race([once(this.child[stream], 'data'), once(this.child[stream], 'end')]);
    }
  }

  private async end(): Promise<Outcome> {
    const [code] = await once(this.child, 'close');
    running.delete(this);
    return { code, ...this.output };
  }
}

/** What a failed test leaves running. */
const running = new Set<Program>();

afterEach(() => {
  for (const { child } of running) child.kill('SIGKILL');
});

/** Runs an example to its end. */
export function run(example: string, ...args: string[]): Promise<Outcome> {
  return start(example, ...args).outcome;
}

export function start(example: string, ...args: string[]): Program {
  return new Program(command(example, ...args));
}
