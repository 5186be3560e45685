import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Taken before any clock is faked.
const { setImmediate } = globalThis;

setFlagsFromString('--expose-gc');
const gc: () => void = runInNewContext('gc');

/** Ends the task: what a WeakRef was made from, or read, in a task lives until then. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** The names of those that are still there when everything unreachable has been collected. */
export async function survivors(
  refs: readonly (readonly [name: string, ref: WeakRef<object>])[],
): Promise<string[]> {
  let left: string[] = [];
  // A reaction to a promise may hold something for a turn or two; what is retained stays for ever.
  for (let round = 0; round < 5; round++) {
    await nextTask();
    gc();
    left = refs.filter(([, ref]) => ref.deref() !== undefined).map(([name]) => name);
    if (left.length === 0) break;
  }
  return [...new Set(left)];
}

/** Bytes in use after all garbage is gone. */
export async function heap(): Promise<number> {
  await nextTask();
  gc();
  await nextTask();
  gc();
  return process.memoryUsage().heapUsed;
}

/**
 * How steeply values rise with where they were measured: the median of the slopes between any two. The heap
 * jumps now and then, when code is compiled or thrown away; a leak rises all the time.
 */
export function slope(points: readonly { readonly at: number; readonly value: number }[]): number {
  const slopes = points.flatMap((from, i) =>
    points.slice(i + 1).map((to) => (to.value - from.value) / (to.at - from.at)),
  );
  return slopes.sort((a, b) => a - b)[Math.floor(slopes.length / 2)] ?? NaN;
}

/** By how many bytes a call of `once` lets the heap grow, measured in 7 times `rounds` calls. */
export async function growth(once: () => Promise<void>, rounds: number): Promise<number> {
  const points: { at: number; value: number }[] = [];
  for (let batch = 0; batch < 8; batch++) {
    for (let i = 0; i < rounds; i++) await once();
    // The first batch is there to warm up.
    if (batch > 0) points.push({ at: batch * rounds, value: await heap() });
  }
  return slope(points);
}
