import { background, type ContextLike, withCancelCause } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { drain, watch } from '@gosync/testing/microtasks';

const reason = new Error('no longer wanted');

/** When the release happens, in microtasks; cancellations are swept from this many before to this many after. */
const middle = 10;
const depths = Array.from({ length: 2 * middle + 1 }, (_, depth) => depth);

const contexts: readonly (readonly [name: string, make: () => [ContextLike, () => void]])[] = [
  [
    'a Context',
    () => {
      const [ctx, cancel] = withCancelCause(background());
      return [ctx, () => cancel(reason)];
    },
  ],
  [
    'an AbortSignal',
    () => {
      const controller = new AbortController();
      return [controller.signal, () => controller.abort(reason)];
    },
  ],
];

async function after(depth: number, f: () => void): Promise<void> {
  await drain(depth);
  f();
}

describe.each(contexts)('a request under %s', (_name, make) => {
  it.each(depths)(
    `is granted if and only if the release comes first: release after ${middle} microtasks, cancel after %d`,
    async (depth) => {
      for (const cancelFirst of [true, false]) {
        const granted = depth > middle || (depth === middle && !cancelFirst);
        const sem = new Weighted(2);
        sem.tryAcquire(2);
        const [ctx, cancel] = make();
        const outcome = watch(sem.acquire(ctx, 2));
        const steps = [
          () => after(depth, cancel),
          () => after(middle, () => sem.release(2)),
        ] as const;
        // In the same microtask, the one that was queued first comes first.
        await Promise.all(cancelFirst ? [steps[0](), steps[1]()] : [steps[1](), steps[0]()]);
        expect(sem.available).toBe(granted ? 0 : 2);
        await drain();
        expect(outcome).toEqual(
          granted
            ? { state: 'fulfilled', result: undefined }
            : { state: 'rejected', result: reason },
        );
        expect(sem.available).toBe(granted ? 0 : 2);
        expect(sem.waiting).toBe(0);
      }
    },
  );

  it('calls its function if and only if the release comes first, and loses no unit either way', async () => {
    for (const depth of depths) {
      const sem = new Weighted(1);
      sem.tryAcquire();
      const [ctx, cancel] = make();
      let calls = 0;
      const outcome = watch(sem.run(ctx, () => (calls += 1)));
      await Promise.all([after(depth, cancel), after(middle, () => sem.release())]);
      await drain();
      expect([depth, calls, outcome.state]).toEqual(
        depth > middle ? [depth, 1, 'fulfilled'] : [depth, 0, 'rejected'],
      );
      expect(sem.available).toBe(1);
    }
  });

  it('hands its permit out if and only if the release comes first', async () => {
    for (const depth of depths) {
      const sem = new Weighted(1);
      sem.tryAcquire();
      const [ctx, cancel] = make();
      const outcome = watch(sem.permit(ctx));
      await Promise.all([after(depth, cancel), after(middle, () => sem.release())]);
      await drain();
      expect([depth, outcome.state]).toEqual([depth, depth > middle ? 'fulfilled' : 'rejected']);
      expect(sem.available).toBe(depth > middle ? 0 : 1);
    }
  });

  it('passes its units on to the next when it is canceled first, and not when it is granted first', async () => {
    for (const depth of depths) {
      const sem = new Weighted(1);
      sem.tryAcquire();
      const [ctx, cancel] = make();
      const first = watch(sem.acquire(ctx));
      const second = watch(sem.acquire());
      await Promise.all([after(depth, cancel), after(middle, () => sem.release())]);
      await drain();
      expect([depth, first.state, second.state]).toEqual(
        depth > middle ? [depth, 'fulfilled', 'pending'] : [depth, 'rejected', 'fulfilled'],
      );
    }
  });
});
