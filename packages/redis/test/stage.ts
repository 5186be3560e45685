import { violations } from './history.ts';
import type { Program } from './process.ts';
import type { Pool } from './pool.ts';
import { type ClientName, now, type Start } from './program/order.ts';
import { Proxy } from './proxy.ts';
import { Server, type ServerOptions } from './server.ts';

/** What one test of a fault needs: servers, proxies and programs, which all end with it. */
export class Stage implements AsyncDisposable {
  readonly client: ClientName;
  readonly lease: number;
  readonly #pool: Pool;
  readonly #programs: Program[] = [];
  readonly #parts: AsyncDisposable[] = [];
  readonly #failed: string[] = [];

  constructor(pool: Pool, client: ClientName, lease: number) {
    this.#pool = pool;
    this.client = client;
    this.lease = lease;
  }

  async server(options?: ServerOptions): Promise<Server> {
    const server = await Server.start(options);
    this.#parts.push(server);
    return server;
  }

  async proxy(target: { readonly port: number }): Promise<Proxy> {
    const proxy = await Proxy.start(target.port);
    this.#parts.push(proxy);
    return proxy;
  }

  /** A program that shares one unit with the others, and is ready. */
  async program(
    name: string,
    at: { readonly port: number },
    more: Partial<Start> = {},
  ): Promise<Program> {
    const { client, lease } = this;
    const start = { client, lease, name, port: at.port, semaphore: 'one', size: 1, ...more };
    const program = this.#pool.take();
    this.#programs.push(program);
    await program.start(start);
    return program;
  }

  /** Notes what is wrong unless `holds`. */
  check(holds: boolean, wrong: string): void {
    if (!holds) this.#failed.push(wrong);
  }

  /** What was noted, and what the programs' reports break of the promises, unhandled rejections among it. */
  get violations(): string[] {
    const unhandled = this.#programs.flatMap(({ name, reports }) =>
      reports.flatMap((report) =>
        report.kind === 'unhandled' ? [`${name}: unhandled: ${report.message}`] : [],
      ),
    );
    const events = this.#programs.flatMap((program) => program.history);
    return [...this.#failed, ...violations(1, events), ...unhandled];
  }

  debug(): string {
    return this.#programs
      .map(
        ({ name, reports }) =>
          name +
          JSON.stringify(reports.filter((r) => r.kind !== 'tick')) +
          JSON.stringify(reports.at(-1)),
      )
      .join('\n');
  }

  /** Prints how long it took from `since` until `until`. */
  tell(what: string, since: number, until: number = now()): void {
    const seconds = ((until - since) / 1_000).toFixed(2);
    console.log(`${this.client}, ${what}: ${seconds} s (lease ${this.lease / 1_000} s)`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#programs.map((program) => this.#pool.giveBack(program)));
    await Promise.all(this.#parts.map((part) => part[Symbol.asyncDispose]()));
  }
}
