import { background, type Context, withCancelCause } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Counter } from '../../counter.ts';
import { listen } from '../../listen.ts';

type Load = (ctx: Context, path: string) => Promise<string>;

/** What turns a slow load into one that is shared by all who ask for the same path at the same time. */
export function shared(load: Load): Load {
  const flights = new Group<string>();
  return async (ctx, path) => {
    const [answer] = await flights.doContext(ctx, path, (flight) => load(flight, path));
    return answer;
  };
}

/** A server that gets its answers by `load`. Each request has a context, which ends when the client goes away. */
export class Front {
  /** Requests that wait for their answer. */
  readonly waiting = new Counter();
  url = '';
  private readonly server: Server;

  constructor(load: Load) {
    this.server = createServer((request, response) => void this.handle(load, request, response));
  }

  async start(): Promise<void> {
    this.url = `http://127.0.0.1:${await listen(this.server)}`;
  }

  stop(): void {
    this.server.close().closeAllConnections();
  }

  private async handle(load: Load, request: IncomingMessage, response: ServerResponse) {
    const [ctx, cancel] = withCancelCause(background());
    response.once('close', () => cancel(new Error('the client is gone')));
    const answer = load(ctx, request.url ?? '/');
    this.waiting.add(1);
    try {
      response.end(await answer);
    } catch (err) {
      response.writeHead(502).end(String(err));
    } finally {
      this.waiting.add(-1);
    }
  }
}
