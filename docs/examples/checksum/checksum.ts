import type { ContextLike } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { Weighted } from '@gosync/semaphore';
import { hashFile, type Job, LARGEST_PIECE } from './hash-file.ts';
import type { Run } from './run.ts';
import { walk } from './walk.ts';

/** What all files together may have in memory at once. */
export const BYTES_IN_FLIGHT = 4 * LARGEST_PIECE;

/** Called for every file as soon as its hash is known, in no particular order. */
export type Listener = (digest: string, path: Buffer) => Promise<void> | void;

/**
 * Hashes every file below a directory, several at a time.
 *
 * Two things bound the work: the group's limit says how many files are open, the semaphore how many bytes are in
 * memory, so that a few large files count as much as many small ones. One context ends it all: at the first file
 * or directory that cannot be read, or when `parent` is done. Either way nothing is running any more when the
 * promise settles; it rejects with the reason.
 */
export async function checksum(parent: ContextLike, run: Run, listener: Listener): Promise<void> {
  const [group, ctx] = withContext(parent);
  // However this function is left, the tasks are told, and waited for.
  await using _ = group;
  group.setLimit(run.limit);
  const job: Job = { algorithm: run.algorithm, memory: new Weighted(BYTES_IN_FLIGHT) };

  for await (const { path, kind } of walk(ctx, run.root, run.without)) {
    run.found(kind);
    if (kind !== 'file') continue;
    // Waits for a free place: the walk goes no faster than the hashing, and no queue builds up.
    await group.go(async (own) => {
      using task = run.begin();
      await listener(await hashFile(own, job, path, task), path);
      task.done();
    });
  }
  await group.wait();
}
