import { monotonic } from './clock.ts';
import type { Lease } from './lease.ts';
import type { Reply } from './reply.ts';

/** How long timers are late, in milliseconds: an earlier beat would find nothing yet. */
const margin = 20;

/** When to beat next after `reply`, in milliseconds: a third of the lease after the last renewal, or when there is news. */
export function nextBeat({ due, quiet }: Reply, lease: Lease, waits: boolean): number {
  const next = Math.max(1, lease.duration / 3 - (monotonic() - lease.sent));
  if (!waits) return next;
  // Somebody has to ask when a session has ended or a silence is over, for its units to be handed on.
  const ended = due >= 0 ? due + margin : Infinity;
  const over = quiet > 0 ? quiet + margin : Infinity;
  return Math.min(next, ended, over);
}
