import { afterFunc, background, cause, type ContextLike, from } from '@gosync/context';
import { units } from './arguments.ts';
import { UnavailableError } from './errors.ts';
import type { Member } from './member.ts';
import type { Outcome, Request } from './requests.ts';
import type { Session } from './session.ts';
import { HeldPermit } from './shared-permit.ts';

/** Stands in for a context that can never end. */
function never(): boolean {
  return false;
}

/**
 * Asks `member` for `n` units. Resolves with the permit, or with nothing when it would have had to wait and must not.
 */
export async function request(
  session: Session,
  member: Member,
  like: ContextLike | undefined,
  n: number,
  wait: boolean,
): Promise<HeldPermit | undefined> {
  units('weight', n);
  // Adopted once: what was handed in may be another object's `signal`, and change.
  const ctx = from(like ?? background());
  const reason = ctx.err && cause(ctx);
  if (reason !== undefined) throw reason;
  if (session.context.err) throw new UnavailableError('session is closed');
  return new Promise((resolve, reject) => {
    // All contexts that can never end have the background's signal.
    const endless = ctx.signal === background().signal;
    let asked: Request | undefined;
    let permit: HeldPermit | undefined;
    const stop = endless
      ? never
      : afterFunc(ctx, () => {
          reject(cause(ctx));
          // Behind the answer; what is granted to it meanwhile is given back with it.
          if (asked) void member.leave(asked);
        });
    const outcome: Outcome = {
      granted(granted) {
        stop();
        permit = new HeldPermit(ctx, n, {
          fence: granted.fence,
          get live() {
            return granted.state === 'held' && member.live;
          },
          leave: () => member.leave(granted),
        });
        resolve(permit);
      },
      busy() {
        stop();
        resolve(undefined);
      },
      large(size) {
        // Holds nobody up, and waits for the end of its context.
        if (!wait) resolve(undefined);
        else if (endless) {
          reject(new RangeError(`redis: request would wait for ever: ${n} of ${size}`));
        }
      },
      failed(error) {
        stop();
        reject(error);
      },
      lost(error) {
        permit?.lose(error);
      },
    };
    asked = member.acquire(n, wait, outcome);
  });
}
