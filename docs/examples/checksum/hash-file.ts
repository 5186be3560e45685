import { cause, type Context } from '@gosync/context';
import type { Weighted } from '@gosync/semaphore';
import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Task } from './run.ts';
import { named, unreadable } from './unreadable.ts';

const SMALLEST_PIECE = 4 * 1024;
/** What one file may have in memory at once; a larger one is read piece by piece. */
export const LARGEST_PIECE = 1024 * 1024;

/** What the tasks of one run share. */
export interface Job {
  readonly algorithm: string;
  /** Bounds the bytes that all tasks together have in memory. */
  readonly memory: Weighted;
}

// What was a file when its directory was read may be a link or a pipe by now. The one must not be followed, the other
// must not block.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The hash of a file, in hexadecimal. Rejects with what ended `ctx`, or an error that names the file. */
export async function hashFile(ctx: Context, job: Job, path: Buffer, task: Task): Promise<string> {
  try {
    await using file = await open(path, FLAGS);
    return await hashOpenFile(ctx, job, path, file, task);
  } catch (err) {
    throw named(path, err);
  }
}

async function hashOpenFile(
  ctx: Context,
  job: Job,
  path: Buffer,
  file: FileHandle,
  task: Task,
): Promise<string> {
  const { memory } = job;
  const before = await file.stat();
  if (!before.isFile()) throw unreadable(path, 'no longer a regular file');

  // One byte more than it has, so that its end shows in the first read. Files in /proc have contents, but no size.
  const weight = Math.min(Math.max(before.size + 1, SMALLEST_PIECE), LARGEST_PIECE);
  using _permit = memory.tryPermit(weight) ?? (await task.waiting(memory.permit(ctx, weight)));
  using _held = task.holding(weight);

  const hash = createHash(job.algorithm);
  const piece = Buffer.allocUnsafe(weight);
  let size = 0;
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, weight);
    hash.update(piece.subarray(0, bytesRead));
    size += bytesRead;
    task.read(bytesRead);
    if (bytesRead === 0 || (bytesRead < weight && size === before.size)) break;
    // A large file is left in the middle.
    if (ctx.err) throw cause(ctx);
  }
  if (size !== before.size || (await changedSince(before, file, weight))) task.changed(path);
  return hash.digest('hex');
}

/** Whether a file has been written to between its pieces. One that was read at once is taken as it was then. */
async function changedSince(before: Stats, file: FileHandle, weight: number): Promise<boolean> {
  return before.size >= weight && (await file.stat()).mtimeMs !== before.mtimeMs;
}
