import { describe, expect, it } from 'vitest';
import type { Mutation } from './build.ts';
import { isPossible, play, type Title } from './faults/play.ts';
import { Pool } from './pool.ts';
import { hasServer } from './server.ts';

interface Mutant {
  readonly without: string;
  readonly mutation: Mutation;
  /** The scenario that needs it. */
  readonly title: Title;
  /** What it finds. */
  readonly finds: RegExp;
}

const inScript = (from: string, to: string): Mutation => ({ file: 'scripts.ts', from, to });

const mutants: readonly Mutant[] = [
  {
    without: 'the limit of a step of the clock',
    mutation: inScript('if step > lease / 2 then step = lease / 2 end', ''),
    title: 'is not moved by jumps of the clock of the server',
    finds: /of 1 held|not live|has got/,
  },
  {
    without: 'learning',
    mutation: inScript("ARGV[7] == '1' and", 'false and'),
    title: 'keeps a holder over a restart that loses all data',
    finds: /of 1 held|not live|has got/,
  },
  {
    without: 'counting a lease from its sending',
    mutation: {
      file: 'caller.ts',
      from: 'this.#lease.renewed(sent, reply.lease)',
      to: 'this.#lease.renewed(monotonic(), reply.lease)',
    },
    title: 'tells a holder that is cut off in time although replies take long',
    finds: /of 1 held/,
  },
];

describe.runIf(hasServer).concurrent('a scenario', () => {
  it.for(mutants)('fails without $without', async ({ mutation, title, finds }, { skip }) => {
    skip(!isPossible(title));
    await using pool = await Pool.of(mutation);
    expect((await play(title, pool, 'ioredis')).join('\n')).toMatch(finds);
  });
});
