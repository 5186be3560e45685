import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function find(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const candidates = readdirSync('/usr/lib').map(
    (name) => `/usr/lib/${name}/faketime/libfaketime.so.1`,
  );
  return candidates.find((path) => existsSync(path));
}

const library = find();
if (library === undefined) {
  const message = 'libfaketime is not installed';
  if (process.env['CI'] !== undefined) throw new Error(`test: ${message}`);
  console.error(`\n*** SKIPPED, every test that changes the clock of a server: ${message} ***\n`);
}

/** Tests that change the clock of a server begin with `it.runIf(hasFakeTime)(…)`. */
export const hasFakeTime: boolean = library !== undefined;

/** A wall clock that can be set while a server runs on it. */
export class FakeTime implements Disposable {
  /** For the environment of the server. */
  readonly env: Readonly<Record<string, string>>;
  readonly #folder = mkdtempSync(join(tmpdir(), 'gosync-time-'));
  readonly #file = join(this.#folder, 'offset');

  constructor() {
    this.env = {
      // Of libc only its `malloc`: jemalloc, which the server would use, and libfaketime wait for each other at start.
      LD_PRELOAD: `${library} libc.so.6`,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
    this.set(0);
  }

  /** Sets the clock to so many seconds before or after the system's. */
  set(seconds: number): void {
    writeFileSync(this.#file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
