import { promisify } from 'node:util';
import { afterFunc } from '@gosync/context';
import {
  credentials,
  makeGenericClientConstructor,
  Server,
  ServerCredentials,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { client, type Signaled } from '../harness/client.ts';
import { Gauge } from '../harness/server.ts';

const bytes = { to: (text: string) => Buffer.from(text), from: (data: Buffer) => data.toString() };
const ask = {
  path: '/test/ask',
  requestStream: false,
  responseStream: false,
  requestSerialize: bytes.to,
  requestDeserialize: bytes.from,
  responseSerialize: bytes.to,
  responseDeserialize: bytes.from,
} as const;
const service: ServiceDefinition = { ask };

// A call is canceled by its own method.
export const subject = client({
  library: '@grpc/grpc-js',
  rejects: { canceled: 'Error 1', done: 'the cause' },
  open: async () => {
    const pending = new Gauge();
    const server = new Server();
    server.addService(service, {
      ask(
        call: { request: string; on: (event: 'cancelled', f: () => void) => void },
        answer: (error: null, text: string) => void,
      ) {
        if (call.request !== 'silent') return answer(null, 'hello');
        pending.add(1);
        call.on('cancelled', () => pending.add(-1));
      },
    });
    const bind = promisify(server.bindAsync.bind(server));
    const port = await bind('127.0.0.1:0', ServerCredentials.createInsecure());
    const Client = makeGenericClientConstructor(service, 'test');
    const stub = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
    const call = (text: string, ctx: Signaled): Promise<unknown> =>
      new Promise((resolve, reject) => {
        ctx.signal.throwIfAborted();
        const request = stub.makeUnaryRequest(
          ask.path,
          bytes.to,
          bytes.from,
          text,
          (error, value) => {
            stop();
            if (error) reject(error);
            else resolve(value);
          },
        );
        const stop = afterFunc(ctx, () => request.cancel());
      });
    return {
      answered: (ctx) => call('answered', ctx),
      silent: (ctx) => call('silent', ctx),
      arrived: (n) => pending.until((value) => value >= n),
      idle: () => pending.until((value) => value === 0),
      close() {
        stub.close();
        server.forceShutdown();
      },
    };
  },
});
