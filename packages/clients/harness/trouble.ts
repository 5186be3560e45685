import { getEventListeners } from 'node:events';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { Limits, Scope } from './case.ts';

function active(): string[] {
  // A check that waits for its own turn is not what is looked for.
  return process.getActiveResourcesInfo().filter((name) => name !== 'Immediate');
}

function activeTimers(): number {
  return active().filter((name) => name === 'Timeout').length;
}

/** What `after` has that `before` has not. */
function added(before: readonly string[], after: readonly string[]): string[] {
  const rest = [...before];
  return after.filter((name) => {
    const index = rest.indexOf(name);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

/** Collects what nobody hears of otherwise: warnings, unhandled rejections, uncaught exceptions, and what is left over. */
export class Trouble {
  readonly #problems: string[] = [];
  readonly #resources: readonly string[];
  readonly #limits: Limits;

  constructor(ownWarnings: readonly RegExp[], limits: Limits) {
    this.#limits = limits;
    // They are opened when they are first looked at, for which a library shall not be blamed.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    this.#resources = active();
    process.on('warning', ({ name, message }) => {
      const text = `${name}: ${message}`;
      if (!ownWarnings.some((own) => own.test(text))) this.#problems.push(`warning: ${text}`);
    });
    process.on('unhandledRejection', (reason) =>
      this.#problems.push(`unhandled rejection: ${String(reason)}`),
    );
    process.on('uncaughtException', (error) =>
      this.#problems.push(`uncaught exception: ${error.stack ?? String(error)}`),
    );
  }

  /** Runs `f`, and returns the problems that came up meanwhile. What `f` throws is none of them. */
  async during(
    leavesTimers: boolean,
    f: (scope: Scope) => Promise<void>,
  ): Promise<readonly string[]> {
    const timers = activeTimers();
    const signals = new Map<AbortSignal, number>();
    await f({
      prompt: this.#limits.prompt,
      watch: (signal, leaves = 0) => signals.set(signal, leaves),
    });
    // Warnings and rejections are reported in later turns.
    for (let turns = 0; turns < 5; turns++) await turn();
    for (const [signal, leaves] of signals) {
      const listeners = (): number => getEventListeners(signal, 'abort').length;
      if (!(await this.#eventually(() => listeners() === leaves)))
        this.#problems.push(`listeners on the signal: ${listeners()}, expected ${leaves}`);
    }
    if (!leavesTimers && !(await this.#eventually(() => activeTimers() <= timers)))
      this.#problems.push(`timers left: ${activeTimers() - timers}`);
    return this.#problems.splice(0);
  }

  /** Waits until `f` is true, or patience is at its end. */
  async #eventually(f: () => boolean): Promise<boolean> {
    const end = performance.now() + this.#limits.leftovers;
    while (!f()) {
      if (performance.now() > end) return false;
      // A timer that has fired is not active, so this one is never counted.
      await sleep(5);
    }
    return true;
  }

  /** What keeps the process alive that did not when this was made. */
  async left(): Promise<readonly string[]> {
    await this.#eventually(() => added(this.#resources, active()).length === 0);
    const resources = added(this.#resources, active()).sort();
    return resources.length > 0 ? [`keeps the process alive: ${resources.join(', ')}`] : [];
  }
}
