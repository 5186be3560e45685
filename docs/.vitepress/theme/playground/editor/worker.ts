import { background, cause, withCancelCause } from '@gosync/context';
import { link } from './link.ts';
import { moduleOf, packages } from './packages.ts';
import type { Command, Level, Report } from './protocol.ts';
import { show, showError } from './show.ts';

const [ctx, cancel] = withCancelCause(background());
/** Where the program is loaded from. */
let program = '';

const report = (message: Report): void => postMessage(message);
const print = (level: Level, text: string): void => report({ type: 'print', level, text });

for (const level of ['log', 'warn', 'error'] as const) {
  console[level] = (...values: unknown[]) => print(level, show(values));
}
console.info = console.debug = console.log;

addEventListener('error', (event) => {
  event.preventDefault();
  print('error', showError(event.error ?? event.message, program));
});
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  print('error', `unhandled rejection: ${showError(event.reason, program)}`);
});

function address(source: string): string {
  return URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
}

/** Calls the default export of `source` with the context, and waits until it has ended. */
async function run(source: string): Promise<void> {
  // The modules that the program imports take the packages from here.
  const key = Symbol.for('gosync.packages');
  Object.defineProperty(globalThis, key, { value: packages });
  const addresses = Object.entries(packages).map(([name, exports]) => {
    const expression = `globalThis[Symbol.for('gosync.packages')][${JSON.stringify(name)}]`;
    return [name, address(moduleOf(expression, Object.keys(exports)))] as const;
  });
  try {
    program = address(link(source, Object.fromEntries(addresses)));
    const { default: main } = await import(/* @vite-ignore */ program);
    if (typeof main === 'function') await main(ctx);
  } catch (error) {
    const stopped = ctx.err !== undefined && error === cause(ctx);
    print(stopped ? 'warn' : 'error', showError(error, program));
  }
}

addEventListener('message', ({ data }: MessageEvent<Command>) => {
  if (data.type === 'stop') cancel(new Error('stopped'));
  else void run(data.source).then(() => report({ type: 'ended' }));
});
