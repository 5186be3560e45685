import { spawn } from 'node:child_process';

interface Options {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds until it is ended. */
  readonly timeout?: number;
  /** As whom to run it; only root may say. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command to its end, whatever that is. */
export function attempt(
  [command = '', ...args]: readonly string[],
  { cwd, environment, timeout = 600_000, user }: Options = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...user,
      cwd,
      timeout,
      killSignal: 'SIGKILL',
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}

/** Runs a command that has to succeed, and returns what it prints. */
export async function run(command: readonly string[], options: Options = {}): Promise<string> {
  const { code, output, errors } = await attempt(command, options);
  if (code !== 0) throw new Error(`${command.join(' ')} exited with ${code}\n${output}${errors}`);
  return output;
}
