import { Weighted } from '@gosync/semaphore';
import { pause } from '../../playground/pause.ts';
import type { Side } from '../side.ts';

/** The units there are. */
const size = 4;
/** How long units are held, in milliseconds. */
const held = 900;

/** Who comes when, in milliseconds, and for how many units. */
const arrivals = [
  ['small', 0, 2],
  ['small', 300, 2],
  ['large', 500, 4],
  ['small', 700, 2],
  ['small', 1000, 2],
] as const;

interface Semaphore {
  acquire(n: number): Promise<void>;
  release(n: number): void;
}

/** Serves the first request that fits. */
class FirstThatFits implements Semaphore {
  #free = size;
  #waiting: { n: number; grant: () => void }[] = [];

  acquire(n: number): Promise<void> {
    const granted = new Promise<void>((grant) => this.#waiting.push({ n, grant }));
    this.#serve();
    return granted;
  }

  release(n: number): void {
    this.#free += n;
    this.#serve();
  }

  #serve(): void {
    this.#waiting = this.#waiting.filter(({ n, grant }) => {
      if (n > this.#free) return true;
      this.#free -= n;
      grant();
      return false;
    });
  }
}

async function play(side: Side, semaphore: Semaphore): Promise<void> {
  let waited = 0;
  let overtaken = 0;
  let largeWaits = false;
  const come = async (name: string, at: number, n: number): Promise<void> => {
    await pause(side.life, at);
    const row = side.timeline.add(`${name}, weight ${n}`, name === 'large');
    side.timeline.enter(row, 'waiting', 'waits');
    const asked = side.timeline.now();
    const cameLater = largeWaits;
    if (name === 'large') largeWaits = true;
    await semaphore.acquire(n);
    if (name === 'large') {
      largeWaits = false;
      waited = side.timeline.now() - asked;
    } else if (cameLater && largeWaits) overtaken++;
    side.timeline.enter(row, 'running', 'runs');
    await pause(side.life, held);
    semaphore.release(n);
    side.timeline.end(row, 'done', 'done');
  };
  await Promise.all(arrivals.map(([name, at, n]) => come(name, at, n)));
  side.say(
    `The large request waited ${(waited / 1000).toFixed(1)} s` +
      (overtaken ? `: ${overtaken} later requests overtook it.` : ': nothing overtook it.'),
  );
}

/** A semaphore that serves the first request that fits. */
export function firstThatFits(side: Side): Promise<void> {
  return play(side, new FirstThatFits()).catch(() => {});
}

/** A `Weighted`. */
export function weighted(side: Side): Promise<void> {
  return play(side, new Weighted(size)).catch(() => {});
}
