// Three processes share a limit of two. One of the two that run is killed; the third, which waits, gets its place
// within a lease. Takes the address of a Redis server: redis://127.0.0.1:6379 when left out.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { connect } from './connect.ts';

const [address = 'redis://127.0.0.1:6379'] = process.argv.slice(2);
const worker = fileURLToPath(new URL('worker.ts', import.meta.url)).replace(
  /ts$/,
  import.meta.url.endsWith('.mjs') ? 'mjs' : 'ts',
);

/** Starts a process, and resolves when it has said what it does. */
async function start(name: string): Promise<ChildProcess> {
  const child = fork(worker, [address]);
  const [news] = await once(child, 'message');
  console.log(`${name} ${news}`);
  return child;
}

const ann = await start('ann');
const bob = await start('bob');
const cid = await start('cid');

bob.kill('SIGKILL');
console.log('bob is killed');
const [news] = await once(cid, 'message');
console.log(`cid ${news}`);

for (const child of [ann, cid]) {
  child.send('finish');
  await once(child, 'exit');
}
const { printers, close } = await connect(address);
console.log(String(await printers.state()));
await close();
