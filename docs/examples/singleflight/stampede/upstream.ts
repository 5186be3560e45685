import type { Context } from '@gosync/context';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { Counter } from '../../counter.ts';
import { listen } from '../../listen.ts';

/** A server that is slow: it answers when it is told to. */
export class Upstream {
  readonly calls = new Counter();
  /** Calls whose caller went away before the answer. */
  readonly aborted = new Counter();
  private readonly server: Server;
  private pending: ServerResponse[] = [];
  private url = '';

  constructor() {
    this.server = createServer((_request, response) => {
      this.pending.push(response);
      this.calls.add(1);
      response.once('close', () => {
        if (!response.writableFinished) this.aborted.add(1);
      });
    });
  }

  async start(): Promise<void> {
    this.url = `http://127.0.0.1:${await listen(this.server)}`;
  }

  /** Asks it, over the network. */
  async get(ctx: Context, path: string): Promise<string> {
    const response = await fetch(this.url + path, { signal: ctx.signal });
    return await response.text();
  }

  /** Answers all calls that wait. */
  answer(): void {
    for (const response of this.pending) response.end('the answer');
    this.pending = [];
  }

  stop(): void {
    this.server.close().closeAllConnections();
  }
}
