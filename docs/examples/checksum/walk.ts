import { cause, type Context } from '@gosync/context';
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { named } from './unreadable.ts';

export type Kind = 'file' | 'link' | 'special';

export interface Entry {
  /** Bytes, because the name of a file need not be text. */
  readonly path: Buffer;
  readonly kind: Kind;
}

/**
 * Finds everything below `root` that is not a directory, following no symbolic links and no directory whose name
 * is in `without`. One directory is in memory at a
 * time. Throws what ended `ctx`, or an error that names the directory that cannot be read.
 */
export async function* walk(
  ctx: Context,
  root: string,
  without: readonly string[] = [],
): AsyncGenerator<Entry> {
  const directories: Buffer[] = [Buffer.from(root)];
  for (let directory = directories.pop(); directory; directory = directories.pop()) {
    for (const entry of await list(directory)) {
      if (ctx.err) throw cause(ctx);
      const path = join(directory, entry.name);
      if (!entry.isDirectory()) yield { path, kind: kindOf(entry) };
      else if (!without.includes(entry.name.toString())) directories.push(path);
    }
  }
}

async function list(directory: Buffer): Promise<Dirent<Buffer>[]> {
  try {
    return await readdir(directory, { withFileTypes: true, encoding: 'buffer' });
  } catch (err) {
    throw named(directory, err);
  }
}

const SLASH = Buffer.from('/');

function join(directory: Buffer, name: Buffer): Buffer {
  const slash = directory.at(-1) === SLASH[0] ? [] : [SLASH];
  return Buffer.concat([directory, ...slash, name]);
}

function kindOf(entry: Dirent<Buffer>): Kind {
  if (entry.isFile()) return 'file';
  return entry.isSymbolicLink() ? 'link' : 'special';
}
