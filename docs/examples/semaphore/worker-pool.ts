// A semaphore as a pool of workers: no worker has to be made, kept idle or shut down.
import { todo } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';

const ctx = todo();
const workers = availableParallelism();
const sem = new Weighted(workers);
const out: number[] = [];

for (let i = 0; i < 32; i++) {
  // Waits for a worker to be free.
  await sem.acquire(ctx);
  void work(i);
}

async function work(i: number): Promise<void> {
  try {
    await setImmediate();
    out[i] = collatzSteps(i + 1);
  } finally {
    sem.release();
  }
}

// All the units are free only when nobody works any more. A group's `wait` would do the same.
await sem.acquire(ctx, workers);

console.log(`[${out.join(' ')}]`);

/** How many steps it takes to get to 1, see https://en.wikipedia.org/wiki/Collatz_conjecture */
function collatzSteps(n: number): number {
  let steps = 0;
  for (; n > 1; steps++) {
    n = n % 2 === 0 ? n / 2 : 3 * n + 1;
    if (!Number.isSafeInteger(n)) throw new RangeError(`too large: ${n}`);
  }
  return steps;
}
