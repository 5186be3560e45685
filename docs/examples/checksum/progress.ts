import { type Context, type ContextLike, withCancel } from '@gosync/context';
import { SingleBar } from 'cli-progress';
import type { WriteStream } from 'node:tty';
import prettyBytes from 'pretty-bytes';
import type { Run } from './run.ts';
import { walk } from './walk.ts';

/** Shows how far `run` is: a bar on a terminal, else a line every second. Dispose of it to end it. */
export function showProgress(ctx: ContextLike, run: Run, stream: WriteStream): AsyncDisposable {
  const [counting, stopCounting] = withCancel(ctx);
  const counted = count(counting, run);
  const stop = stream.isTTY ? startBar(run, stream) : startLines(run, stream);
  return {
    async [Symbol.asyncDispose]() {
      stop();
      stopCounting();
      await counted;
    },
  };
}

function startBar(run: Run, stream: WriteStream): () => void {
  const bar = new SingleBar({
    stream,
    // No share of a total that is not known yet.
    format: (options, { progress }, { counted, text }) => {
      const full = Math.round(progress * (options.barsize ?? 0));
      const done = options.barCompleteString?.slice(0, full) ?? '';
      const rest = options.barIncompleteString?.slice(full) ?? '';
      return counted ? `${done}${rest} ${text}` : text;
    },
    barsize: Math.max(8, Math.min(40, (stream.columns || 80) - 60)),
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    // Ctrl-C is the context's.
    gracefulExit: false,
  });
  bar.start(1, 0, { text: describe(run), counted: run.counted });
  const timer = setInterval(() => {
    bar.setTotal(Math.max(run.expected, run.files, 1));
    bar.update(run.files, { text: describe(run), counted: run.counted });
  }, 50);
  return () => {
    clearInterval(timer);
    bar.stop();
  };
}

function startLines(run: Run, stream: WriteStream): () => void {
  const timer = setInterval(() => stream.write(`checksum: ${describe(run)}\n`), 1000);
  return () => clearInterval(timer);
}

function describe({ files, expected, counted, bytes, running, waiting }: Run): string {
  const of = counted ? `/${expected}` : '';
  return `${files}${of} files, ${prettyBytes(bytes)}, ${running.value} running, ${waiting.value} waiting`;
}

/** Walks ahead of the real work, so that the bar has an end. */
async function count(ctx: Context, run: Run): Promise<void> {
  try {
    for await (const { kind } of walk(ctx, run.root, run.without))
      if (kind === 'file') run.expected++;
    run.counted = true;
  } catch {
    // Whatever cannot be read, the real walk comes across it too, and tells.
  }
}
