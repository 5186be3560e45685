import type { ContextLike } from '@gosync/context';
import type { Permit, Weighted } from '@gosync/semaphore';
import { type Span, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('units');

/** As `units.permit(ctx, n)`, with a span for the wait. Without a wait there is none. */
export async function tracedPermit(ctx: ContextLike, units: Weighted, n = 1): Promise<Permit> {
  const free = units.tryPermit(n);
  if (free) return free;
  return tracer.startActiveSpan('wait for units', async (span: Span) => {
    span.setAttributes({ 'units.asked': n, 'units.waiting': units.waiting });
    try {
      return await units.permit(ctx, n);
    } finally {
      span.end();
    }
  });
}
