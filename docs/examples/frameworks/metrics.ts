import type { ContextLike } from '@gosync/context';
import type { Permit, Weighted } from '@gosync/semaphore';
import { channel } from 'node:diagnostics_channel';

/** What is published when a request has waited. */
export interface Waited {
  readonly n: number;
  readonly ms: number;
  readonly granted: boolean;
  readonly held: number;
  readonly waiting: number;
}

const waits = channel('units.waited');

/** As `units.permit(ctx, n)`; publishes how long it waited. When nobody subscribes, it is that very call. */
export function measuredPermit(ctx: ContextLike, units: Weighted, n = 1): Promise<Permit> {
  return waits.hasSubscribers ? measure(ctx, units, n) : units.permit(ctx, n);
}

async function measure(ctx: ContextLike, units: Weighted, n: number): Promise<Permit> {
  const begin = performance.now();
  let granted = false;
  try {
    const permit = await units.permit(ctx, n);
    granted = true;
    return permit;
  } finally {
    const { size, available: free, waiting } = units;
    const ms = performance.now() - begin;
    const event: Waited = { n, ms, granted, held: size - free, waiting };
    waits.publish(event);
  }
}
