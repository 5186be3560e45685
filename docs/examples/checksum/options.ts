import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Failure } from './failure.ts';
import { quote } from './names.ts';

/** What to hash, and how. */
export interface Settings {
  readonly root: string;
  /** How many files are open at once. */
  readonly limit: number;
  readonly algorithm: string;
  /** Directories with these names are left out. */
  readonly without: readonly string[];
}

export interface Options extends Settings {
  /** Milliseconds; `Infinity` when there is no time limit. */
  readonly timeout: number;
  readonly list: boolean;
  /** Whether to show, too, what happens when a file cannot be read. */
  readonly demo: boolean;
}

/** The repository this program is part of. */
const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));

export const HELP = `usage: checksum [DIR] [options]

Hashes every file below DIR, several at a time. Without DIR: this repository, but
for node_modules and .git; and then what happens when a file cannot be read.
Symbolic links, sockets, pipes and devices are skipped and counted.

  --limit N         files that are open at once (default 16)
  --timeout MS      give up after that many milliseconds
  --algorithm NAME  any hash of this Node.js (default sha256)
  --list            print "HASH  PATH" lines as sha256sum does, in no particular
                    order; the report then goes to the standard error
  --help            print this

Exit codes: 0 done; 1 a file or directory could not be read, and is named; 2 usage;
124 the time was over; 130 interrupted by Ctrl-C (143: by SIGTERM). Whenever it ends
early, it waits for what is running and reports what was done.
`;

/** What the command line asks for; `undefined` when that is the help. Throws a {@link Failure}. */
export function parseOptions(args: string[]): Options | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  if (positionals.length > 1) throw usageError(`one DIR expected, not ${positionals.length}`);
  return {
    root: directory(positionals[0] ?? REPOSITORY),
    without: positionals.length === 0 ? ['node_modules', '.git'] : [],
    demo: positionals.length === 0 && !values.list,
    limit: positive('--limit', values.limit),
    timeout: values.timeout === undefined ? Infinity : positive('--timeout', values.timeout),
    algorithm: hash(values.algorithm),
    list: values.list,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        limit: { type: 'string', default: '16' },
        timeout: { type: 'string' },
        algorithm: { type: 'string', default: 'sha256' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (err) {
    // Its messages go on with advice, on the same line or the next.
    const [message] = String(err instanceof Error ? err.message : err).split(/\.\s/);
    throw usageError(message ?? 'unknown', err);
  }
}

function positive(option: string, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value > 0 && Number.isSafeInteger(value)) return value;
  throw usageError(`${option} expects a whole number above 0, not ${JSON.stringify(text)}`);
}

function hash(algorithm: string): string {
  try {
    createHash(algorithm);
    return algorithm;
  } catch {
    throw usageError(`unknown algorithm: ${JSON.stringify(algorithm)}`);
  }
}

function directory(path: string): string {
  const name = quote(Buffer.from(path));
  try {
    if (statSync(path).isDirectory()) return path;
  } catch (err) {
    throw usageError(`no such directory: ${name}`, err);
  }
  throw usageError(`not a directory: ${name}`);
}

function usageError(message: string, cause?: unknown): Failure {
  return new Failure(2, message, cause);
}
