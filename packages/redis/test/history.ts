/**
 * What programs that share one semaphore reported, on one clock: the system's monotonic one, which all processes of a
 * machine read alike. Times are in milliseconds.
 */
export type Event =
  /** The request goes to the server; once more each time that it is sent again. */
  | { readonly kind: 'sent'; readonly at: number; readonly request: string }
  /** The server's answer to the last `sent`: the request is in the queue. */
  | { readonly kind: 'queued'; readonly at: number; readonly request: string }
  | {
      readonly kind: 'granted';
      readonly at: number;
      readonly request: string;
      readonly n: number;
      readonly fence: number;
    }
  /**
   * What one program answers when it is asked what it holds, at a time read before it is asked: `live` may be used,
   * `dead` may not and no loss has been reported for it yet.
   */
  | {
      readonly kind: 'tick';
      readonly at: number;
      readonly live: readonly string[];
      readonly dead: readonly string[];
    }
  /** The program is about to give the units back. */
  | { readonly kind: 'released'; readonly at: number; readonly request: string }
  /** The program is told that it has lost the units. */
  | {
      readonly kind: 'lost';
      readonly at: number;
      readonly request: string;
      readonly reason: string;
    };

/** All that is known of one request. */
interface Life {
  readonly request: string;
  /** When it was first sent. */
  readonly sent: number;
  /** When the server last said that it waits, unless it was sent again after that: it may then have another place. */
  queued: number | undefined;
  granted: { readonly at: number; readonly n: number; readonly fence: number } | undefined;
  /** When its program last found it live. */
  liveUntil: number;
  ended: 'released' | 'lost' | undefined;
  /** When its program has found it dead without having been told. */
  untold: number[];
}

/**
 * A program that finds a permit dead has its timer due in the same turn, or, because timers count whole milliseconds,
 * in the next one.
 */
const untoldTicks = 2;

class Reader {
  readonly lives = new Map<string, Life>();
  readonly violations: string[] = [];

  life(request: string, at: number): Life {
    let life = this.lives.get(request);
    if (life === undefined) {
      life = {
        request,
        sent: at,
        queued: undefined,
        granted: undefined,
        liveUntil: -Infinity,
        ended: undefined,
        untold: [],
      };
      this.lives.set(request, life);
    }
    return life;
  }

  read(event: Event): void {
    if (event.kind === 'tick') {
      for (const request of event.live) this.#live(this.life(request, event.at), event.at);
      for (const request of event.dead) this.#dead(this.life(request, event.at), event.at);
      return;
    }
    const life = this.life(event.request, event.at);
    switch (event.kind) {
      case 'sent':
        life.queued = undefined;
        break;
      case 'queued':
        life.queued = event.at;
        break;
      case 'granted':
        if (life.granted !== undefined) this.violations.push(`${life.request} is granted twice`);
        life.granted = { at: event.at, n: event.n, fence: event.fence };
        life.liveUntil = event.at;
        break;
      case 'released':
      case 'lost':
        if (life.ended === 'lost')
          this.violations.push(`${life.request} is lost, then ${event.kind}`);
        life.ended = event.kind;
    }
  }

  #live(life: Life, at: number): void {
    if (life.ended !== undefined)
      this.violations.push(`${life.request} is ${life.ended}, then live`);
    life.liveUntil = Math.max(life.liveUntil, at);
  }

  #dead(life: Life, at: number): void {
    life.untold.push(at);
    if (life.untold.length === untoldTicks + 1) {
      const [times, live] = [life.untold.join(', '), life.liveUntil];
      this.violations.push(
        `${life.request} is dead and its program has not been told: live at ${live}, dead at ${times}`,
      );
    }
  }
}

interface Grant extends Life {
  granted: NonNullable<Life['granted']>;
}

function isGranted(life: Life): life is Grant {
  return life.granted !== undefined;
}

/** At no instant do programs believe to hold more than `size` together. */
function crowds(grants: readonly Grant[], size: number): string[] {
  const changes = grants.flatMap((life) => [
    { at: life.granted.at, by: life.granted.n, life },
    { at: life.liveUntil, by: -life.granted.n, life },
  ]);
  // Of two at the same time the one that ends comes first.
  changes.sort((a, b) => a.at - b.at || a.by - b.by);
  const holders = new Set<Grant>();
  const found: string[] = [];
  let held = 0;
  for (const { at, by, life } of changes) {
    // What nobody ever found live was held for no time.
    if (life.liveUntil === life.granted.at) continue;
    held += by;
    if (by < 0) holders.delete(life);
    else holders.add(life);
    if (by > 0 && held > size) {
      const names = [...holders].map(({ request, granted }) => `${request} (${granted.n})`);
      found.push(`${held} of ${size} held at ${at}: ${names.join(', ')}`);
    }
  }
  return found;
}

/** A request that is sent when another program knows of its grant already gets a higher fence. */
function fences(grants: readonly Grant[]): string[] {
  const found: string[] = [];
  const byGrant = [...grants].sort((a, b) => a.granted.at - b.granted.at);
  let known = 0;
  let highest: Grant | undefined;
  for (const life of [...grants].sort((a, b) => a.sent - b.sent)) {
    for (let next = byGrant[known]; next && next.granted.at < life.sent; next = byGrant[++known]) {
      if (highest === undefined || next.granted.fence > highest.granted.fence) highest = next;
    }
    if (highest !== undefined && life.granted.fence <= highest.granted.fence) {
      found.push(
        `${life.request} has fence ${life.granted.fence} after ${highest.request} with ${highest.granted.fence}`,
      );
    }
  }
  const owners = new Map<number, string>();
  for (const { request, granted } of grants) {
    const owner = owners.get(granted.fence);
    if (owner !== undefined)
      found.push(`${request} and ${owner} have the same fence ${granted.fence}`);
    owners.set(granted.fence, request);
  }
  return found;
}

/** Of two requests, one in the queue before the other was sent, the first is granted first. */
function overtakers(grants: readonly Grant[]): string[] {
  const found: string[] = [];
  // From the lowest fence up: whoever was granted before.
  const earlier: Grant[] = [];
  for (const life of [...grants].sort((a, b) => a.granted.fence - b.granted.fence)) {
    const { queued } = life;
    if (queued !== undefined) {
      for (const other of earlier) {
        if (other.sent > queued) found.push(`${other.request} has overtaken ${life.request}`);
      }
    }
    earlier.push(life);
  }
  return found;
}

/**
 * What of the semaphore's promises the history breaks; nothing when it keeps them all.
 *
 * That a loss is told before the units are another's follows from two of the rules: a permit is not live any more when
 * another is granted, and the program of a permit that is not live has been told, or is told in its next turn.
 */
export function violations(size: number, events: readonly Event[]): string[] {
  const reader = new Reader();
  // A program reports in order; a stable sort keeps that for events of one time.
  for (const event of [...events].sort((a, b) => a.at - b.at)) reader.read(event);
  const grants = [...reader.lives.values()].filter(isGranted);
  return [...reader.violations, ...crowds(grants, size), ...fences(grants), ...overtakers(grants)];
}
