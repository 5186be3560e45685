// A read from a connection, which takes no AbortSignal, that ends with a context. The connection lives on.
import { afterFunc, background, cause, type Context, withTimeout } from '@gosync/context';
import { connect, createServer, type Socket } from 'node:net';
import { listen } from '../listen.ts';

/** The next bytes from `connection`. Rejects when `ctx` is done; what comes then is for the next reader. */
function read(ctx: Context, connection: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const received = (bytes: Buffer) => {
      connection.pause();
      stop();
      resolve(bytes);
    };
    const stop = afterFunc(ctx, () => {
      connection.pause();
      connection.off('data', received);
      reject(cause(ctx));
    });
    connection.once('data', received).resume();
  });
}

const listener = createServer();
const connection = connect(await listen(listener), '127.0.0.1');

const [ctx, cancel] = withTimeout(background(), 1);
using _ = cancel;
await read(ctx, connection).catch((err: Error) => console.log(err.message));

connection.destroy();
listener.close();
