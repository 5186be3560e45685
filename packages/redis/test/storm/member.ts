import { setTimeout as pause } from 'node:timers/promises';
import type { Build } from '../build.ts';
import { Program } from '../process.ts';
import type { Start } from '../program/order.ts';
import { Proxy } from '../proxy.ts';
import type { Servers } from './servers.ts';

/** One place in a storm: a program behind a proxy of its own, and another one when it has been killed. */
export class Member implements AsyncDisposable {
  /** All programs that were in this place. */
  readonly programs: Program[] = [];
  /** Whether something is being done to it. */
  busy = false;
  readonly #build: Build;
  readonly #start: Start;
  readonly #proxy: Proxy;

  private constructor(build: Build, start: Start, proxy: Proxy) {
    this.#build = build;
    this.#start = start;
    this.#proxy = proxy;
  }

  static async start(build: Build, start: Start, servers: Servers): Promise<Member> {
    const proxy = await Proxy.start(servers.port);
    servers.proxies.push(proxy);
    const member = new Member(build, { ...start, port: proxy.port }, proxy);
    await member.#launch();
    return member;
  }

  get program(): Program {
    const program = this.programs.at(-1);
    if (program === undefined) throw new Error('test: no program has been launched');
    return program;
  }

  async kill(): Promise<void> {
    await this.program.kill();
    await this.#launch();
  }

  /** Stops it for a while. It may be killed before it goes on. */
  async stop(ms: number, kill: boolean): Promise<void> {
    this.program.stop();
    await pause(ms);
    if (kill) await this.kill();
    else this.program.resume();
  }

  /** Cuts its connections; new ones are refused for a while. */
  async cut(ms: number): Promise<void> {
    await this.#proxy.refuse();
    await pause(ms);
    await this.#proxy.accept();
  }

  /** Holds back what it sends, or what it is sent, or both; then all of it arrives, late. */
  async hold(ms: number, requests: boolean, replies: boolean): Promise<void> {
    if (requests) this.#proxy.hold('requests');
    if (replies) this.#proxy.hold('replies');
    await pause(ms);
    this.#proxy.release();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program[Symbol.asyncDispose]();
    await this.#proxy[Symbol.asyncDispose]();
  }

  async #launch(): Promise<void> {
    const count = this.programs.length;
    const program = Program.launch(this.#build);
    this.programs.push(program);
    const { name, seed = 0 } = this.#start;
    await program.start({ ...this.#start, name: `${name}${count}`, seed: seed + count });
  }
}
