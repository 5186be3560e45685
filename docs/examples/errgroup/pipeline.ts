// A pipeline of two stages: one finds files, twenty digest them. The first error ends them all.
// Usage: pipeline.ts [DIR]
import { background, cause, type Context, type ContextLike } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const DIGESTERS = 20;

/** The MD5 sums of all files below `root`. When it returns, with an error too, nothing is running any more. */
async function md5All(parent: ContextLike, root: string): Promise<Map<string, string>> {
  const [group, ctx] = withContext(parent);
  // All digesters take from the same generator: it hands each path to one of them, as a channel does.
  const paths = files(ctx, root);
  const sums = new Map<string, string>();
  for (let i = 0; i < DIGESTERS; i++) {
    void group.go(async (own) => {
      for await (const path of paths) {
        const contents = await readFile(path, { signal: own.signal });
        sums.set(path, createHash('md5').update(contents).digest('hex'));
      }
    });
  }
  await group.wait();
  return sums;
}

async function* files(ctx: Context, directory: string): AsyncGenerator<string> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (ctx.err) throw cause(ctx);
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* files(ctx, path);
    else if (entry.isFile()) yield path;
  }
}

const sums = await md5All(background(), process.argv[2] ?? '.');
for (const [path, sum] of sums) console.log(`${path}:\t${sum}`);
