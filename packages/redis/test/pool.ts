import { setTimeout as pause } from 'node:timers/promises';
import { Build, type Mutation } from './build.ts';
import { Program } from './process.ts';

/** Programs that can be started again when a test has ended: to launch one costs more than most tests. */
export class Pool implements AsyncDisposable {
  readonly #build: Build;
  readonly #idle: Program[] = [];

  private constructor(build: Build) {
    this.#build = build;
  }

  static async of(...mutations: readonly Mutation[]): Promise<Pool> {
    return new Pool(await Build.make(mutations));
  }

  take(): Program {
    return this.#idle.pop() ?? Program.launch(this.#build);
  }

  /** Closes the program, or kills it when it is in no state to. */
  async giveBack(program: Program): Promise<void> {
    const closed = program.isWell ? program.close().catch(() => undefined) : undefined;
    const over = new AbortController();
    await Promise.race([
      closed,
      pause(1_000, undefined, { signal: over.signal }).catch(() => undefined),
    ]);
    over.abort();
    if (program.isWell && program.has('closed')) this.#idle.push(program);
    else await program[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#idle.map((program) => program[Symbol.asyncDispose]()));
    await this.#build[Symbol.asyncDispose]();
  }
}
