import type { Proxy } from '../proxy.ts';
import { Server } from '../server.ts';

/** The server of a storm, and the proxies that lead to it. */
export class Servers implements AsyncDisposable {
  readonly proxies: Proxy[] = [];
  #primary: Server;

  private constructor(primary: Server) {
    this.#primary = primary;
  }

  static async start(aof: boolean): Promise<Servers> {
    return new Servers(await Server.start({ aof }));
  }

  get port(): number {
    return this.#primary.port;
  }

  /** A crash, and a start with what was written to disk, if anything was. */
  async restart(): Promise<void> {
    await this.#primary.restart();
  }

  /** A crash of the primary; a replica that has most of its data, or all, takes its place. */
  async failOver(): Promise<void> {
    const replica = await Server.start({ replicaOf: this.#primary.port });
    const failed = this.#primary;
    await failed.kill();
    await replica.promote();
    this.#primary = replica;
    for (const proxy of this.proxies) {
      proxy.target = replica.port;
      proxy.cut();
    }
    await failed[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#primary[Symbol.asyncDispose]();
  }
}
