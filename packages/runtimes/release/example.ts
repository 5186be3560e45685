import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Fence, fencesOf } from '../../../docs/fences/fence.ts';
import { moduleOf } from '../../../docs/fences/module.ts';
import { run } from '../command.ts';

/** A user's empty folder. */
export class Consumer {
  readonly folder: string;
  readonly #environment: Readonly<Record<string, string>>;

  private constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.#environment = environment;
  }

  static async create(environment: Readonly<Record<string, string>>): Promise<Consumer> {
    const folder = await mkdtemp(join(tmpdir(), 'gosync-consumer-'));
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    return new Consumer(folder, environment);
  }

  async install(name: string): Promise<void> {
    const command = ['npm', 'install', '--no-audit', '--no-fund', `@gosync/${name}`];
    await run(command, { cwd: this.folder, environment: this.#environment });
  }

  /** A package's version here; none when it is not installed. */
  async version(name: string): Promise<string | undefined> {
    const manifest = join(this.folder, 'node_modules/@gosync', name, 'package.json');
    const text = await readFile(manifest, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : JSON.parse(text).version;
  }

  /** Runs the first example of the README and returns what does not hold of it. */
  async runExample(name: string): Promise<string[]> {
    const fence = fencesOf(`packages/${name}/README.md`).find(({ language }) => language === 'ts');
    if (!fence) throw new Error(`no example in the README of ${name}`);
    const readme = join(this.folder, 'node_modules/@gosync', name, 'README.md');
    if (!(await readFile(readme, 'utf8')).includes(fence.code)) {
      throw new Error(`the README of ${name} was published without its first example`);
    }
    const program = join(this.folder, 'example.mjs');
    await writeFile(program, await compile(fence));
    return JSON.parse(await run([process.execPath, program], { cwd: this.folder }));
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}

/** Makes a program of a fence that prints what does not hold of it. */
async function compile(fence: Fence): Promise<string> {
  const { text, expectations, problems } = moduleOf(fence);
  if (expectations.length === 0) throw new Error(`${fence.file}: the first example shows nothing`);
  // In a block: the example has names of its own.
  const report = `{
    const missed = ${JSON.stringify(expectations)}.filter((line) => !__fence.seen.has(line));
    const found = __fence.problems.map(({ line, text }) => \`line \${line}: \${text}\`);
    const never = missed.map((line) => \`line \${line} was never reached\`);
    const all = [...${JSON.stringify(problems)}, ...found, ...never];
    process.stdout.write(JSON.stringify(all));
  }`;
  const result = await build({
    stdin: { contents: `${text}\n${report}`, loader: 'ts', resolveDir: import.meta.dirname },
    bundle: true,
    packages: 'external',
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  return result.outputFiles.map((file) => file.text).join('');
}
