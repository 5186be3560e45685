import type { ContextLike } from '@gosync/context';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checksum } from './checksum.ts';
import { Failure } from './failure.ts';
import { seconds } from './report.ts';
import { Run } from './run.ts';

const LARGE = 3;

/** Hashes large files beside one that cannot be read, and prints what becomes of them. */
export async function showFailure(ctx: ContextLike, stream: NodeJS.WritableStream): Promise<void> {
  stream.write(
    `\nThe same with ${LARGE} files of a terabyte, and one whose name is too long to be opened:\n\n`,
  );
  const root = mkdtempSync(join(tmpdir(), 'checksum-demo-'));
  try {
    fill(root);
    const run = new Run({ root, limit: 16, algorithm: 'sha256', without: [] });
    const err = await checksum(ctx, run, () => {}).catch((reason: unknown) => reason);
    if (!(err instanceof Failure)) throw err;
    const [reason = ''] = err.message.match(/[^/:]+: [^:]+$/) ?? [];
    stream.write(`    failed ${shorten(reason)}\n`);
    stream.write(`   stopped ${run.running.most - 1} files in the middle\n`);
    stream.write(`   running ${run.running.value}, with ${run.held.value} B of memory\n`);
    stream.write(`      time ${seconds(run.now())}\n`);
  } finally {
    // Not rmSync: it cannot reach what lies deeper than a path is long.
    execFileSync('rm', ['-rf', root]);
  }
}

/** Large files that take no room, and one that cannot be opened, by whomever. */
function fill(root: string): void {
  for (let i = 1; i <= LARGE; i++) {
    writeFileSync(join(root, `large ${i}`), '');
    truncateSync(join(root, `large ${i}`), 2 ** 40);
  }
  let deep = root;
  while (deep.length < 3_900) deep = join(deep, 'd'.repeat(100));
  mkdirSync(deep, { recursive: true });
  execFileSync('touch', ['f'.repeat(200)], { cwd: deep });
}

function shorten(text: string): string {
  return text.replace(/(\w{8})\w+/, '$1…');
}
