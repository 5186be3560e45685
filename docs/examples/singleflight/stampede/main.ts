// A cache stampede: an entry has expired, and 200 clients ask for it before a slow upstream has answered the first.
import { Front, shared } from './front.ts';
import { Upstream } from './upstream.ts';

const CLIENTS = 200;

const upstream = new Upstream();
await upstream.start();
const load = upstream.get.bind(upstream);
const plain = new Front(load);
const front = new Front(shared(load));
await Promise.all([plain.start(), front.start()]);

print('', 'upstream calls', 'answers', 'aborted');
await scene(`${CLIENTS} requests, not shared`, plain, { calls: CLIENTS });
await scene(`${CLIENTS} requests, shared`, front);
await scene('one client leaves, the others stay', front, { leaving: 1 });
await scene('all clients leave', front, { leaving: CLIENTS, aborted: 1 });
await scene('one more client', front, { clients: 1 });

for (const server of [plain, front, upstream]) server.stop();

/** Plays a scene and prints what came of it. The numbers given are what it waits for; those printed are counted. */
async function scene(
  title: string,
  server: Front,
  { clients = CLIENTS, leaving = 0, calls = 1, aborted = 0 } = {},
): Promise<void> {
  const before = { calls: upstream.calls.value, aborted: upstream.aborted.value };
  const controllers = Array.from({ length: clients }, () => new AbortController());
  const answers = controllers.map(async ({ signal }) => {
    const response = await fetch(server.url, { signal });
    return await response.text();
  });
  const settled = Promise.allSettled(answers);
  await server.waiting.becomes(clients);
  await upstream.calls.becomes(before.calls + calls);

  for (const controller of controllers.slice(0, leaving)) controller.abort();
  await server.waiting.becomes(clients - leaving);
  await upstream.aborted.becomes(before.aborted + aborted);

  upstream.answer();
  const answered = (await settled).filter(({ status }) => status === 'fulfilled');
  print(
    title,
    upstream.calls.value - before.calls,
    answered.length,
    upstream.aborted.value - before.aborted,
  );
}

function print(title: string, ...numbers: (string | number)[]): void {
  console.log(title.padEnd(34) + numbers.map((number) => String(number).padStart(16)).join(''));
}
