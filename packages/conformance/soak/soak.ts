import type { Rule } from '../src/load/audit.ts';
import { Load } from '../src/load/load.ts';
import { type Plan, somePlans } from '../src/load/plan.ts';
import { heap, slope } from '../src/leaks/garbage.ts';

export interface Options {
  /** How long to go on. */
  readonly seconds: number;
  /** The requests are the same for the same seed; the clock sees to it that no two runs are. */
  readonly seed: number;
  /** How many requests are served at the same time. */
  readonly workers: number;
  /** Hears of every rest. */
  readonly log: (rest: Rest) => void;
}

/** A moment in which nothing was under way. */
export interface Rest {
  readonly requests: number;
  /** Bytes in use. */
  readonly heap: number;
}

export interface Report {
  readonly requests: number;
  readonly tasks: number;
  readonly checks: ReadonlyMap<Rule, number>;
  readonly violations: readonly string[];
  /** Bytes that a request leaves behind, by the slope of the heap over the rests after the first fifth. */
  readonly bytesPerRequest: number;
}

/** How many times the load is brought to rest. */
const rests = 20;

/** Serves random requests for some seconds, all packages at once, and looks whether every rule holds. */
export async function soak({ seconds, seed, workers, log }: Options): Promise<Report> {
  const load = new Load(pace(seed));
  const next = supply(seed);
  const moments: Rest[] = [];
  let requests = 0;
  let tasks = 0;
  for (let rest = 1; rest <= rests; rest++) {
    const end = performance.now() + (seconds * 1000) / rests;
    const work = async (): Promise<void> => {
      while (performance.now() < end) {
        const plan = next();
        await load.serve(plan);
        requests++;
        tasks += plan.tasks.length;
      }
    };
    await Promise.all(Array.from({ length: workers }, work));
    await load.finish();
    const moment = { requests, heap: await heap() };
    moments.push(moment);
    log(moment);
  }
  const { checks, violations } = load.audit;
  const warm = moments.slice(rests / 5);
  const points = warm.map((moment) => ({ at: moment.requests, value: moment.heap }));
  return { requests, tasks, checks, violations, bytesPerRequest: slope(points) };
}

/** Plans without end. */
function supply(seed: number): () => Plan {
  let batch: Plan[] = [];
  let batches = 0;
  return () => {
    if (batch.length === 0) batch = somePlans(seed + batches++, 200);
    const plan = batch.pop();
    if (!plan) throw new Error('no plans');
    return plan;
  };
}

/** Lets others run: for a microtask, for a turn of the event loop, or for a millisecond. */
function pace(seed: number): () => Promise<void> {
  let state = (Math.abs(seed) % 2_147_483_646) + 1;
  return async () => {
    // Park and Miller's generator: reproducible, and random enough to choose among ten.
    state = (state * 48_271) % 2_147_483_647;
    const turn = state % 10;
    if (turn < 5) return undefined;
    return new Promise((resolve) => {
      if (turn < 9) setImmediate(resolve);
      else setTimeout(resolve, 1);
    });
  };
}
