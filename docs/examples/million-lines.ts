// Numbers the lines of a file of a million, in order, in constant memory.
//
//     pnpm --filter @gosync/docs example million-lines.ts
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { background, type ContextLike } from '@gosync/context';
import { stream } from '@gosync/tasks';

const lines = 1_000_000;
const path = join(tmpdir(), `gosync-million-lines-${process.pid}.txt`);

function* text(): Generator<string> {
  for (let block = 0; block < lines; block += 1_000) {
    yield Array.from({ length: 1_000 }, (_, i) => `line ${block + i}\n`).join('');
  }
}

async function* readLines(): AsyncGenerator<string> {
  const file = await open(path);
  try {
    yield* file.readLines();
  } finally {
    await file.close();
  }
}

/** Reads the file and returns how many lines came in order, and by how many bytes the heap grew at most. */
async function number(ctx: ContextLike): Promise<readonly [inOrder: number, grown: number]> {
  const before = process.memoryUsage().heapUsed;
  let inOrder = 0;
  let most = before;
  const numbers = stream(ctx, readLines(), async (_ctx, line) => Number(line.slice(5)), {
    limit: 100,
  });
  for await (const n of numbers) {
    if (n === inOrder) inOrder++;
    if (n % 10_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
  }
  return [inOrder, most - before];
}

const file = await open(path, 'w');
await pipeline(Readable.from(text()), file.createWriteStream());
try {
  const [inOrder, grown] = await number(background());
  console.log(`${inOrder} lines in order`);
  console.log(grown < 64 * 2 ** 20 ? 'in constant memory' : `in ${grown} bytes`);
} finally {
  await rm(path);
}
