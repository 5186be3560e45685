import { equal, ok, rejects } from 'node:assert/strict';
import {
  afterFunc,
  background,
  isDeadlineExceeded,
  withDeadline,
  withTimeout,
} from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import type { Case } from './case.ts';

/** A way to put a clock of one's own in the place of the platform's. */
export interface Clock {
  install(): void;
  /** Lets `ms` milliseconds pass. */
  advance(ms: number): unknown;
  uninstall(): void;
}

/** Runs `f` while the clock is installed. */
async function during({ install, uninstall }: Clock, f: () => Promise<void>): Promise<void> {
  install();
  try {
    await f();
  } finally {
    uninstall();
  }
}

/** What has to hold under a clock of whatever kind: it alone decides when a deadline has passed. */
export function underClock(clock: Clock): Case['checks'] {
  return {
    'a timeout ends when the clock has come to it, and not before': () =>
      during(clock, async () => {
        const [ctx] = withTimeout(background(), 1_000);
        let calls = 0;
        afterFunc(ctx, () => calls++);
        await clock.advance(999);
        equal(ctx.err, undefined);
        equal(calls, 0);
        await clock.advance(1);
        ok(isDeadlineExceeded(ctx.err), String(ctx.err));
        equal(calls, 1);
      }),
    'a waiter is rejected when the clock has come to its deadline': () =>
      during(clock, async () => {
        const sem = new Weighted(0);
        const [ctx] = withTimeout(background(), 60_000);
        const waiter = rejects(sem.acquire(ctx), isDeadlineExceeded);
        await clock.advance(60_000);
        await waiter;
        equal(sem.waiting, 0);
      }),
    'of two deadlines the nearer one ends the context': () =>
      during(clock, async () => {
        const [parent] = withTimeout(background(), 5_000);
        const [child] = withDeadline(parent, Date.now() + 1_000);
        afterFunc(parent, () => {});
        afterFunc(child, () => {});
        await clock.advance(1_000);
        ok(child.err);
        equal(parent.err, undefined);
        await clock.advance(4_000);
        ok(parent.err);
      }),
    'real time goes on afterwards': async () => {
      const [ctx] = withTimeout(background(), 5);
      await new Promise<void>((resolve) => afterFunc(ctx, resolve));
      ok(isDeadlineExceeded(ctx.err));
    },
  };
}

/** The checks of several kinds of one library's clocks. */
export function underClocks(clocks: Readonly<Record<string, Clock>>): Case['checks'] {
  const entries = Object.entries(clocks).flatMap(([kind, clock]) =>
    Object.entries(underClock(clock)).map(([name, check]) => [`${kind}: ${name}`, check] as const),
  );
  return Object.fromEntries(entries);
}
