import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { command, type Reply } from './command.ts';
import { guard } from './guard.ts';
import { candidate } from './port.ts';

export interface ServerOptions {
  /** Keep every write in an append-only file, so that a restart finds it; false when left out. */
  readonly aof?: boolean;
  /** Follow the server at this loopback port, which may be a proxy's. */
  readonly replicaOf?: number;
  /** More arguments for the server, such as `['--maxmemory', '10mb']`. */
  readonly args?: readonly string[];
  /** More variables for the server's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The program that the tests start as their server: Debian's redis-server, or what GOSYNC_REDIS_SERVER names. */
export const binary: string = process.env['GOSYNC_REDIS_SERVER'] ?? 'redis-server';

const { error: reason } = spawnSync(binary, ['--version']);
if (reason !== undefined) {
  const message = `cannot start ${binary}: ${reason.message}`;
  // A build that silently tests nothing is worse than none.
  if (process.env['CI'] !== undefined) throw new Error(`test: ${message}`);
  console.error(`\n*** SKIPPED, every test that needs a server: ${message} ***\n`);
}

/** Tests that need a server begin with `describe.runIf(hasServer)(…)`. */
export const hasServer: boolean = reason === undefined;

/** A server on a loopback port of its own, in a folder of its own. Nothing of it outlives this program. */
export class Server implements AsyncDisposable {
  readonly port: number;
  /** The server's folder: its append-only file, and whatever a test puts there. */
  readonly folder: string;
  readonly #options: ServerOptions;
  // The port that it follows; undefined for a primary.
  #follows: number | undefined;
  // Undefined while the server is down.
  #child: ChildProcess | undefined;
  #unguard: () => void = () => undefined;

  private constructor(port: number, folder: string, options: ServerOptions) {
    this.port = port;
    this.folder = folder;
    this.#options = options;
    this.#follows = options.replicaOf;
  }

  /** Starts a server and waits until it answers; a replica, until it follows. */
  static async start(options: ServerOptions = {}): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'gosync-redis-'));
    for (let attempt = 1; ; attempt++) {
      const server = new Server(candidate(), folder, options);
      try {
        await server.#launch();
        return server;
      } catch (error) {
        if (attempt < 20 && error instanceof Error && error.message.includes('in use')) continue;
        rmSync(folder, { recursive: true, force: true });
        throw error;
      }
    }
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error(`test: the server at ${this.port} is down`);
    return pid;
  }

  command(...args: readonly (string | number)[]): Promise<Reply> {
    return command(this.port, ...args);
  }

  /** One field of INFO. */
  async info(field: string): Promise<string | undefined> {
    const text = String(await this.command('INFO', 'everything'));
    return new RegExp(`^${field}:(.*?)\\r?$`, 'm').exec(text)?.[1];
  }

  /** Ends the server: SIGKILL as a crash would, SIGTERM as an operator would. Resolves when it is gone. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      // A stopped process takes SIGTERM only when it goes on.
      child.kill('SIGCONT');
      await gone;
    }
    this.#unguard();
  }

  /** Starts again at the same port after `kill`: with what the append-only file holds, or empty without one. */
  async restart(): Promise<void> {
    await this.kill();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#launch();
        return;
      } catch (error) {
        // The system may take a moment to take the port back.
        if (attempt === 20 || !(error instanceof Error && error.message.includes('in use')))
          throw error;
      }
      await pause(50);
    }
  }

  /** Stops the server in its tracks: connections stay open and nothing is answered, until `resume`. */
  pause(): void {
    process.kill(this.pid, 'SIGSTOP');
  }

  resume(): void {
    process.kill(this.pid, 'SIGCONT');
  }

  /** Waits until this replica has all that `primary` had when this was called. */
  async catchUp(primary: Server): Promise<void> {
    const offset = Number(await primary.info('master_repl_offset'));
    while (Number(await this.info('slave_repl_offset')) < offset) await pause(10);
  }

  /** Makes a primary of a replica; it is one after `restart` too. */
  async promote(): Promise<void> {
    this.#follows = undefined;
    await this.command('REPLICAOF', 'NO', 'ONE');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #launch(): Promise<void> {
    const { aof = false, args = [], env = {} } = this.#options;
    const settings = {
      '--port': this.port,
      '--bind': '127.0.0.1',
      '--dir': this.folder,
      '--save': '',
      '--appendonly': aof ? 'yes' : 'no',
      '--appendfsync': 'always',
      '--repl-diskless-sync-delay': 0,
      ...(this.#follows === undefined ? {} : { '--replicaof': `127.0.0.1 ${this.#follows}` }),
    };
    const child = spawn(binary, [...Object.entries(settings).flat().map(String), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => {
        log = (log + text.toString()).slice(-4_000);
      });
    }
    child.on('error', (error) => {
      log += error.message;
    });
    const { pid } = child;
    if (pid === undefined) throw new Error(`test: cannot start ${binary}`);
    this.#child = child;
    this.#unguard = guard(pid, this.folder);
    try {
      await this.#ready(pid, () => log);
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  async #ready(pid: number, log: () => string): Promise<void> {
    for (;;) {
      if (this.#child?.exitCode !== null) throw new Error(`test: the server ended: ${log()}`);
      // The port may be another server's: then ours is about to end because the port is in use.
      const answers = await this.info('process_id').catch(() => undefined);
      if (answers === String(pid) && (await this.info('loading')) === '0') break;
      await pause(10);
    }
    if (this.#follows === undefined) return;
    while ((await this.info('master_link_status')) !== 'up') await pause(10);
  }
}
