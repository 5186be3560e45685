// Two tasks, of which one fails after a while. The other would take a minute, but notices by its context.
import { cause, background } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { setTimeout } from 'node:timers/promises';

const [group] = withContext(background());

void group.go(async () => {
  console.log('upload: begins');
  await setTimeout(50);
  throw new Error('disk full');
});

void group.go(async (ctx) => {
  console.log('download: begins');
  try {
    await setTimeout(60_000, undefined, { signal: ctx.signal });
  } finally {
    console.log('download: stops, because of', String(cause(ctx)));
  }
});

try {
  await group.wait();
} catch (err) {
  console.log('wait:', String(err));
}
