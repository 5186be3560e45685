import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc: () => void = runInNewContext('gc');

/** Which of the objects behind `refs` cannot be collected, hard as one tries. */
export async function survivors<T extends object>(refs: readonly WeakRef<T>[]): Promise<T[]> {
  let alive = [...refs];
  // The optimizing compiler may hold one or the other while it is at work in its own thread.
  for (let tries = 0; tries < 20 && alive.length > 0; tries++) {
    // What a WeakRef was made from, or read, in a task lives until that task ends.
    await setImmediate();
    gc();
    alive = alive.filter((ref) => ref.deref() !== undefined);
  }
  return alive.flatMap((ref) => ref.deref() ?? []);
}
