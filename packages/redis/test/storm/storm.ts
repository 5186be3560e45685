import { setTimeout as pause } from 'node:timers/promises';
import type { Build } from '../build.ts';
import { violations } from '../history.ts';
import { clientNames, now } from '../program/order.ts';
import { random } from '../program/random.ts';
import { Member } from './member.ts';
import { Servers } from './servers.ts';

const size = 5;
/** In milliseconds. */
const lease = 1_000;
/** Between two things that happen, at most. */
const calm = 600;
/** Between two that happen to the server, at least: programs need a while to be granted anything at all. */
const serverCalm = 4_000;
/** For all that is under way to end, when nothing happens any more. */
const limit = 60_000;

export interface Outcome {
  /** How often each thing has happened. */
  readonly counts: Readonly<Record<string, number>>;
  readonly violations: readonly string[];
}

/** Programs that share a semaphore in bad weather: what happens, to whom and when, comes from the seed. */
class Storm {
  readonly counts: Record<string, number> = {};
  readonly failed: string[] = [];
  readonly #members: readonly Member[];
  readonly #servers: Servers;
  readonly #random: () => number;
  readonly #running = new Map<Promise<void>, string>();
  #serverBusy = false;
  #serverQuiet = now() + serverCalm / 2;

  constructor(members: readonly Member[], servers: Servers, seed: number) {
    this.#members = members;
    this.#servers = servers;
    this.#random = random(seed);
  }

  /** What has been begun and is not over. */
  get underWay(): string[] {
    const missing = this.#members.filter(({ program }) => !program.has('finished'));
    return [...this.#running.values(), ...missing.map(({ program }) => program.name)];
  }

  async blow(until: number): Promise<void> {
    while (now() < until) {
      await pause(this.#random() * calm);
      if (!this.#serverBusy && now() > this.#serverQuiet && this.#random() < 0.3) this.#hitServer();
      else this.#hitMember();
    }
  }

  /** All that has begun is over, all requests end, every unit comes back, and all of them can be had at once. */
  async settle(): Promise<void> {
    await Promise.all(this.#running.keys());
    for (const { program } of this.#members) program.order({ order: 'finish' });
    await Promise.all(this.#members.map(({ program }) => program.report('finished')));
    const [member] = this.#members;
    if (member === undefined) return;
    const { program } = member;
    const request = `${program.name}.all`;
    program.order({ order: 'permit', request, n: size });
    await program.report('granted', request);
    program.order({ order: 'release', request });
    await program.report('returned', request);
    const held = await program.held();
    if (held !== 0) this.failed.push(`${held} of ${size} units are held at the end`);
  }

  #hitServer(): void {
    const failOver = this.#random() < 0.5;
    this.#serverBusy = true;
    this.#run(failOver ? 'failovers' : 'restarts', async () => {
      await (failOver ? this.#servers.failOver() : this.#servers.restart());
      this.#serverBusy = false;
      this.#serverQuiet = now() + serverCalm;
    });
  }

  #hitMember(): void {
    const [what, which, ms, more] = [0, 1, 2, 3].map(this.#random);
    const member = this.#members[Math.floor((which ?? 0) * this.#members.length)];
    if (what === undefined || ms === undefined || more === undefined) return;
    if (member === undefined || member.busy) return;
    member.busy = true;
    const run = (name: string, action: () => Promise<void>): void => {
      this.#run(name, async () => {
        await action();
        member.busy = false;
      });
    };
    if (what < 0.25) run('kills', () => member.kill());
    else if (what < 0.5) run('stops', () => member.stop(300 + ms * 2_200, more < 0.3));
    else if (what < 0.8) run('cuts', () => member.cut(more < 0.5 ? 0 : ms * 1_500));
    else run('holds', () => member.hold(200 + ms * 1_800, more < 0.6, more > 0.4));
  }

  #run(name: string, action: () => Promise<void>): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    const running = action()
      .catch((error: unknown) => {
        this.failed.push(`${name}: ${String(error)}`);
      })
      .finally(() => this.#running.delete(running));
    this.#running.set(running, name);
  }
}

/** Plays the storm of this seed for so many seconds, and returns what has been broken in it. */
export async function storm(build: Build, seed: number, seconds: number): Promise<Outcome> {
  await using servers = await Servers.start(seed % 2 === 0);
  const members = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name, i) =>
      Member.start(
        build,
        {
          // Two of each of the two that most people have, or one of a third kind.
          client: clientNames[(i + seed) % clientNames.length] ?? 'ioredis',
          port: 0,
          name,
          semaphore: 'storm',
          size,
          lease,
          patience: 10 * lease,
          seed: seed * 1_000 + i * 100,
        },
        servers,
      ),
    ),
  );
  const weather = new Storm(members, servers, seed);
  const over = new AbortController();
  try {
    await weather.blow(now() + seconds * 1_000);
    const late = pause(limit, 'late' as const, { signal: over.signal }).catch(() => undefined);
    const first = await Promise.race([weather.settle(), late]);
    if (first === 'late')
      weather.failed.push(`not over after ${limit} ms: ${weather.underWay.join(', ')}`);
  } catch (error) {
    weather.failed.push(String(error));
  } finally {
    over.abort();
    await Promise.all(members.map((member) => member[Symbol.asyncDispose]()));
  }
  const programs = members.flatMap((member) => member.programs);
  const reports = programs.flatMap((program) => program.reports);
  const unhandled = reports.flatMap((report) =>
    report.kind === 'unhandled' ? [report.message] : [],
  );
  const history = programs.flatMap((program) => program.history);
  const of = (kind: string): number => reports.filter((report) => report.kind === kind).length;
  return {
    counts: {
      grants: of('granted'),
      losses: of('lost'),
      refusals: of('refused'),
      ...weather.counts,
    },
    violations: [...weather.failed, ...unhandled, ...violations(size, history)],
  };
}
