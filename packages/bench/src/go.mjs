import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cwd = join(import.meta.dirname, '../go');

/** The Go benchmarks, compiled. */
export class Go {
  /** As `go version` tells it, and that of x/sync. */
  version;
  #folder;

  /**
   * @param {string} version
   * @param {string} folder
   */
  constructor(version, folder) {
    this.version = version;
    this.#folder = folder;
  }

  /**
   * Compiles the benchmarks with the `go` on the PATH. golang.org/x/sync is the copy in the folder that the
   * environment variable XSYNC names, if there is one, else what the module cache or proxy has.
   * @returns {Promise<Go | string>} why not, if there is no Go that can do it
   */
  static async find() {
    const folder = await mkdtemp(join(tmpdir(), 'gosync-bench-'));
    try {
      const { stdout } = await run('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], { cwd });
      const [version = '', os = '', architecture = ''] = stdout.split('\n');
      const modfile = join(folder, 'go.mod');
      await copyFile(join(cwd, 'go.mod'), modfile);
      const { XSYNC } = process.env;
      if (XSYNC === undefined) {
        await copyFile(join(cwd, 'go.sum'), join(folder, 'go.sum'));
      } else {
        await writeFile(join(folder, 'go.sum'), '');
        const replace = `golang.org/x/sync=${XSYNC}`;
        await run('go', ['mod', 'edit', '-replace', replace, modfile], { cwd });
      }
      const binary = join(folder, 'bench.test');
      await run('go', ['test', `-modfile=${modfile}`, '-c', '-o', binary, '.'], { cwd });
      return new Go(`${version} ${os}/${architecture}`, folder);
    } catch (error) {
      await rm(folder, { recursive: true });
      return error instanceof Error ? error.message : String(error);
    }
  }

  /**
   * Runs a benchmark three times with one processor and three times with all: the first runs warm the others up, and
   * Go may choose what suits it best.
   * @param {string} name
   * @param {number} n
   * @returns {Promise<number>} nanoseconds per item, of the best run
   */
  async measure(name, n) {
    const all = await this.#bench(name, n, '1');
    const more = await this.#bench(name, n, '');
    return Math.min(all, more);
  }

  /**
   * @param {string} name
   * @param {number} n
   * @param {string} processors
   */
  async #bench(name, n, processors) {
    const flags = ['run=^$', `bench=^Benchmark${name}$`, `benchtime=${n}x`, 'count=3'];
    if (processors) flags.push(`cpu=${processors}`);
    const { stdout } = await run(
      join(this.#folder, 'bench.test'),
      flags.map((flag) => `-test.${flag}`),
    );
    const figures = [...stdout.matchAll(/([\d.]+) ns\/op/g)].map(([, figure]) => Number(figure));
    if (figures.length === 0) throw new Error(`Benchmark${name} has no figures: ${stdout}`);
    return Math.min(...figures);
  }

  async dispose() {
    await rm(this.#folder, { recursive: true });
  }
}
