import type { Driver, Script } from './driver.ts';
import { Wake } from './wake.ts';

/** What a session consists of for the other files: who it is, and how it calls. */
export class Connection {
  // Invariant: `era` only rises, and rises before anything is sent that must not be undone by an older call.
  readonly id: string;
  readonly prefix: string;
  /** In milliseconds. What is stored on the server counts more. */
  readonly lease: number;
  /** In milliseconds. */
  readonly patience: number;
  readonly learning: boolean;
  readonly wake: Wake;
  readonly #driver: Driver;
  era = 1;
  closed = false;
  /** Absent before the first answer. */
  protection: boolean | undefined;

  constructor(
    driver: Driver,
    id: string,
    options: { prefix: string; lease: number; patience: number; learning: boolean },
  ) {
    this.id = id;
    this.prefix = options.prefix;
    this.lease = options.lease;
    this.patience = options.patience;
    this.learning = options.learning;
    this.#driver = driver;
    const pause = Math.min(1000, options.lease / 3);
    this.wake = new Wake(driver, this.channels + id, pause, () => this.raiseEra());
  }

  /** What the names of all channels begin with. */
  get channels(): string {
    return `${this.prefix}:wake:`;
  }

  /** Calls that were sent before this and have not run yet will be refused. */
  raiseEra(): void {
    this.era++;
  }

  /** Runs `script` once. When it fails and may yet run, the era has risen. */
  async run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    try {
      return await this.#driver.run(script, keys, args);
    } catch (error) {
      if (this.#driver.unknownOutcome(error)) this.raiseEra();
      throw error;
    }
  }
}
