import { once } from 'node:events';
import { connect, createServer, type Server as Listener, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { candidate } from './port.ts';

/** What flows from client to server, and back. */
export type Direction = 'requests' | 'replies';

/** One connection through the proxy. */
interface Link {
  readonly client: Socket;
  readonly server: Socket;
  // What has arrived while its direction is held, in order; each calls the other end's `write`.
  readonly held: Record<Direction, (() => void)[]>;
  // Settles when what has arrived so far has been passed on: nothing overtakes what is delayed.
  readonly passed: Record<Direction, Promise<void>>;
}

/** A TCP proxy that does to connections what networks do to them. */
export class Proxy implements AsyncDisposable {
  readonly port: number;
  /** The port that new connections are passed on to. */
  target: number;
  /** How long a segment takes on its way, in milliseconds. */
  readonly delay: Record<Direction, number> = { requests: 0, replies: 0 };
  readonly #links = new Set<Link>();
  readonly #holds = new Set<Direction>();
  // Undefined while connections are refused.
  #listener: Listener | undefined;
  // What clients have sent since `record`; undefined while nothing is recorded.
  #recorded: Buffer[] | undefined;

  private constructor(port: number, target: number) {
    this.port = port;
    this.target = target;
  }

  static async start(target: number): Promise<Proxy> {
    for (let attempt = 1; ; attempt++) {
      const proxy = new Proxy(candidate(), target);
      try {
        await proxy.#listen();
        return proxy;
      } catch (error) {
        if (attempt === 20) throw error;
      }
    }
  }

  /** Ends `refuse`. */
  async accept(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#listen();
      } catch (error) {
        // A process that another thread starts at this moment has the closed listener until it runs its own program.
        if (attempt === 100) throw error;
      }
      await pause(20);
    }
  }

  async #listen(): Promise<void> {
    const listener = createServer((client) => this.#link(client));
    listener.listen(this.port, '127.0.0.1');
    await once(listener, 'listening');
    this.#listener = listener;
  }

  /** Cuts all connections and refuses new ones, as the port of a server that is down. */
  async refuse(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.close();
    this.cut();
    if (listener !== undefined) await once(listener, 'close');
  }

  /** Closes all connections at both ends; new ones are accepted. What was held is lost. */
  cut(): void {
    for (const { client, server } of this.#links) {
      client.destroy();
      server.destroy();
    }
    this.#links.clear();
  }

  /**
   * Holds back all that flows in these directions, with connections open: both is a black hole, `replies` alone lets
   * the server do what the client will never hear of.
   */
  hold(...directions: readonly Direction[]): void {
    for (const direction of directions) this.#holds.add(direction);
  }

  /** Ends `hold`: what was held arrives now, late, as after a partition. */
  release(): void {
    this.#holds.clear();
    for (const link of this.#links) {
      const { requests, replies } = link.held;
      for (const write of [...requests.splice(0), ...replies.splice(0)]) write();
      this.#close(link);
    }
  }

  /** From now on keeps a copy of all that clients send. */
  record(): void {
    this.#recorded = [];
  }

  /** Ends `record`; returns what was sent since. */
  recorded(): Buffer {
    const bytes = Buffer.concat(this.#recorded ?? []);
    this.#recorded = undefined;
    return bytes;
  }

  /** Sends to the server what was recorded, as a late duplicate, over a connection of its own; its replies are dropped. */
  async replay(bytes: Buffer): Promise<void> {
    const socket = connect(this.target, '127.0.0.1');
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    socket.resume();
    socket.end(bytes);
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.refuse();
  }

  #link(client: Socket): void {
    const server = connect(this.target, '127.0.0.1');
    const link: Link = {
      client,
      server,
      held: { requests: [], replies: [] },
      passed: { requests: Promise.resolve(), replies: Promise.resolve() },
    };
    this.#links.add(link);
    client.on('data', (bytes) => {
      this.#recorded?.push(bytes);
      this.#pass(link, 'requests', () => server.write(bytes));
    });
    server.on('data', (bytes) => {
      this.#pass(link, 'replies', () => client.write(bytes));
    });
    for (const end of [client, server]) {
      end.on('close', () => this.#close(link));
      // `close` follows.
      end.on('error', () => undefined);
      end.setNoDelay();
    }
  }

  /** The end of one end is the end of the other; a black hole swallows that news too. */
  #close(link: Link): void {
    const { client, server } = link;
    if (this.#holds.size > 0 || (!client.destroyed && !server.destroyed)) return;
    client.destroySoon();
    server.destroySoon();
    this.#links.delete(link);
  }

  #pass(link: Link, direction: Direction, write: () => void): void {
    const delay = this.delay[direction];
    const due = Promise.all([link.passed[direction], delay > 0 ? pause(delay) : undefined]);
    link.passed[direction] = due.then(() => {
      if (this.#holds.has(direction)) link.held[direction].push(write);
      else write();
      return undefined;
    });
  }
}
