// Hashes a directory tree under two limits and one context. `checksum.ts` is the heart, this is what surrounds it.
import { background, cause, type Context, withTimeoutCause } from '@gosync/context';
import { once } from 'node:events';
import type { WriteStream } from 'node:tty';
import { createColors } from 'picocolors';
import { checksum, type Listener } from './checksum.ts';
import { Failure } from './failure.ts';
import { untilInterrupted } from './interrupt.ts';
import { sumLine } from './names.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { picture } from './picture.ts';
import { showProgress } from './progress.ts';
import { summary } from './report.ts';
import { Run } from './run.ts';
import { showFailure } from './show-failure.ts';

const { stdout, stderr } = process;

try {
  const options = parseOptions(process.argv.slice(2));
  if (options) await main(options);
  else stdout.write(HELP);
} catch (err) {
  // Not process.exit(): that the program ends by itself shows that nothing was left behind.
  process.exitCode = exitCodeFor(err);
  stderr.write(`checksum: ${String(err instanceof Error ? err.message : err)}\n`);
}

async function main(options: Options): Promise<void> {
  // The code of timeout(1).
  const late = new Failure(124, `gave up after ${options.timeout.toLocaleString('en')} ms`);
  const [ctx, cancel] = withTimeoutCause(untilInterrupted(background()), options.timeout, late);
  using _ = cancel;
  const run = new Run(options);
  try {
    await using _progress = options.list ? undefined : showProgress(ctx, run, stderr);
    await checksum(ctx, run, options.list ? print(ctx) : () => {});
  } finally {
    report(run, options.list ? stderr : stdout);
  }
  if (options.demo) await showFailure(ctx, stdout);
}

/** Prints hashes, no faster than they are read. */
function print(ctx: Context): Listener {
  return async (digest, path) => {
    if (stdout.write(sumLine(digest, path))) return;
    await once(stdout, 'drain', { signal: ctx.signal }).catch((err: unknown) => {
      throw cause(ctx) ?? err;
    });
  };
}

function report(run: Run, stream: WriteStream): void {
  const duration = run.now();
  const colors = createColors(stream.isTTY && stream.hasColors());
  const lines = summary(run, duration);
  // Without a wait there is nothing to see in it.
  if (run.waiting.most > 0) lines.push('', ...picture(run, duration, stream.columns || 80, colors));
  stream.write(`${lines.join('\n')}\n`);
}

function exitCodeFor(err: unknown): number {
  if (err instanceof Failure) return err.exitCode;
  throw err;
}
