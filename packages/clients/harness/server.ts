import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { Opened, Signaled } from './client.ts';

/** A number that can be waited for. */
export class Gauge {
  #value = 0;
  readonly #waiters = new Set<() => void>();

  get value(): number {
    return this.#value;
  }

  add(n: number): void {
    this.#value += n;
    for (const waiter of this.#waiters) waiter();
  }

  /** Resolves once `f` holds for the value. */
  until(f: (value: number) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!f(this.#value)) return;
        this.#waiters.delete(look);
        resolve();
      };
      this.#waiters.add(look);
      look();
    });
  }
}

export interface Server {
  readonly url: string;
  /** Requests that wait for an answer they never get. */
  readonly pending: Gauge;
  close(): Promise<void>;
}

/** Answers a request by what is in its path: `silent` never, all others at once. */
export async function listen(answer: RequestListener): Promise<Server> {
  const pending = new Gauge();
  const count = (request: IncomingMessage): void => {
    pending.add(1);
    request.socket.once('close', () => pending.add(-1));
  };
  const server = createServer((request, response) => {
    if (request.url?.includes('silent')) count(request);
    else answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    pending,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The two calls of a client of HTTP, by its way to get a URL. */
export async function overHttp(
  get: (url: string, ctx: Signaled) => PromiseLike<unknown>,
  close?: () => unknown,
): Promise<Opened> {
  const server = await listen((_request, response) => response.end('{"answer":42}'));
  return {
    answered: (ctx) => get(`${server.url}/answered`, ctx),
    silent: (ctx) => get(`${server.url}/silent`, ctx),
    arrived: (n) => server.pending.until((value) => value >= n),
    idle: () => server.pending.until((value) => value === 0),
    async close() {
      await close?.();
      await server.close();
    },
  };
}
