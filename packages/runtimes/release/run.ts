import { execFile } from 'node:child_process';

/** Runs a command and returns what it prints. What it says about a failure is in the error. */
export function run(
  cwd: string,
  [command, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = { ...process.env, ...environment };
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, env, maxBuffer: 2 ** 26 }, (error, output, errors) => {
      if (error) reject(new Error(`${command} ${args.join(' ')}\n${output}\n${errors}`));
      else resolve(output);
    });
  });
}
