// The service: a process of its own. Its parent asks it for its heap.
import { createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { gateways } from './gateways.mjs';

const answer = await gateways[process.argv[2] ?? '']?.();
if (!answer) throw new RangeError(`no such gateway: ${process.argv[2]}`);
let begun = 0;
let ended = 0;
let failed = 0;

const server = createServer((request, response) => {
  begun++;
  /** @type {(() => void) | undefined} */
  let leave;
  response.once('close', () => {
    if (!response.writableFinished) leave?.();
  });
  answer(request.url?.slice(1) ?? '', (f) => (leave = f))
    .then(
      (body) => response.end(body),
      () => {
        failed++;
        response.statusCode = 504;
        response.end();
      },
    )
    .finally(() => ended++);
});
server.keepAliveTimeout = 0;

server.listen({ port: 0, host: '127.0.0.1', backlog: 10_000 }, () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.({ port: address.port });
});

async function collected() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await setImmediate();
  }
  return { begun, ended, failed, heap: process.memoryUsage().heapUsed };
}

process.on('message', () => {
  void collected().then((found) => process.send?.(found));
});
