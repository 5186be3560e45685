import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc: () => void = runInNewContext('gc');

/** Which of the objects behind `refs` are still there when everything unreachable has been collected. */
export async function survivors<T extends object>(refs: Iterable<WeakRef<T>>): Promise<T[]> {
  // What a WeakRef was made from, or read, in a task lives until that task ends.
  await setImmediate();
  gc();
  return [...refs].flatMap((ref) => ref.deref() ?? []);
}
