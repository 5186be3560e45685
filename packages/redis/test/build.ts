import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A change to a source of this package, for a program that breaks a promise on purpose. */
export interface Mutation {
  /** Below src, such as `lua/clock.lua`. */
  readonly file: string;
  /** Occurs in the file; each is replaced. */
  readonly from: string;
  readonly to: string;
}

const sources = fileURLToPath(new URL('../src/', import.meta.url));

function mutate({ file, from, to }: Mutation): string {
  const text = readFileSync(join(sources, file), 'utf8');
  if (!text.includes(from)) throw new Error(`test: not in ${file}: ${from}`);
  return withDigests(text.replaceAll(from, () => to));
}

/** A server finds a script by the digest of its text. */
function withDigests(source: string): string {
  return source.replaceAll(
    /digest: '\w+',(\s+text: )("(?:[^"\\]|\\.)*")/g,
    (_, between: string, literal: string) => {
      const text: unknown = JSON.parse(literal);
      const digest = createHash('sha1').update(String(text)).digest('hex');
      return `digest: '${digest}',${between}${literal}`;
    },
  );
}

/** `test/program/main.ts` as one file, which starts faster than some hundred, and runs on Node without a loader. */
export class Build implements AsyncDisposable {
  readonly path: string;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'program.cjs');
  }

  static async make(mutations: readonly Mutation[] = []): Promise<Build> {
    const made = new Build(await mkdtemp(join(tmpdir(), 'gosync-program-')));
    await build({
      entryPoints: [fileURLToPath(new URL('program/main.ts', import.meta.url))],
      outfile: made.path,
      bundle: true,
      platform: 'node',
      target: 'node20',
      conditions: ['@gosync/source'],
      plugins: mutations.map((mutation) => ({
        name: 'mutation',
        setup({ onLoad }) {
          const path = join(sources, mutation.file);
          onLoad({ filter: new RegExp(`^${path.replaceAll(/[.\\]/g, '\\$&')}$`) }, () => ({
            contents: mutate(mutation),
            loader: 'ts',
          }));
        },
      })),
    });
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
