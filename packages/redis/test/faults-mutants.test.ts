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
  /** How long the scenario may last, in milliseconds, when 20,000 are too few. */
  readonly limit?: number;
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
    // Three leases of 5,000 pass in it.
    limit: 40_000,
  },
  {
    without: 'handing over those that wait to the next leader',
    mutation: inScript('if over ~= 0 then hand_over(over, current) end', ''),
    title: 'calls again, in one of the others, when the process that calls is killed',
    finds: /two values|called in both|no end/,
  },
  {
    without: 'an end of the lease of a leader',
    mutation: inScript(
      "if record and unpack_('<d', record) > clock then return",
      'if record then return',
    ),
    title: 'calls again, in one of the others, when the process that calls is killed',
    finds: /no end/,
  },
  {
    without: 'the end of the context of a function whose process has lost its lease',
    mutation: { file: 'leading.ts', from: 'this.#cancel(reason);', to: '' },
    title:
      'ends the context of a function whose process was stopped beyond its lease, and drops its value',
    finds: /ended with AbortError|no end/,
  },
  {
    without: 'a timer for the lease of a leader',
    mutation: {
      file: 'shared-flight.ts',
      from: "() => this.#lost('expired')",
      to: '() => undefined',
    },
    title:
      'ends the context of a function that is cut off before another is called, and takes no late value',
    finds: /ended after|ended with|no end/,
  },
  {
    without: 'forgetting the call under way',
    mutation: inScript('forget = function()\\ncurrent = 0', 'forget = function()'),
    title:
      'calls anew when the key was forgotten, and gives those that wait the value of the old call',
    finds: /no end/,
  },
  {
    without: 'forgetting what is kept',
    mutation: inScript('if result then call', 'if false then call'),
    title: 'keeps a value for the window, unless the key is forgotten, before or after its end',
    finds: /no end|not called/,
  },
  {
    without: 'forgetting what a forgotten call leaves',
    mutation: inScript('lasts and keep or NEVER', 'keep'),
    title: 'keeps a value for the window, unless the key is forgotten, before or after its end',
    finds: /joined the call under way as result/,
  },
  {
    without: 'an error of its own for what is too large',
    mutation: { file: 'codec.ts', from: 'error instanceof ResultTooLargeError', to: 'false' },
    title: 'carries a value that no message holds, and gives all the same error for a larger one',
    finds: /not of its own class/,
  },
  {
    without: 'a count of those that wait',
    mutation: inScript("if #sharers > 0 or unknown then return { 'ok', fence } end", ''),
    title: 'ends the call when the last caller of the last process leaves, and not before',
    finds: /ended although b waits|no end/,
  },
  {
    without: 'an end of the lease of those that wait',
    mutation: inScript("unpack_('<d', all[i + 1]) > clock then", 'true then'),
    title: 'counts a caller that was killed until its lease is over',
    finds: /no end/,
  },
  {
    without: 'the result for a process that asks for it',
    mutation: inScript(
      'if has_result and result_fence >= fence then return answer_with_result() end',
      '',
    ),
    title: 'finds a value whose message was lost',
    finds: /no end|another value/,
  },
  {
    without: 'leading with a second request',
    mutation: inScript('local leads = its_leader == sid', 'local leads = false'),
    title: 'calls at once when the answer to its first request was lost',
    finds: /joined itself as follow/,
  },
  {
    without: 'counting those that the server has lost',
    mutation: inScript('is_lost then expect_others', 'false then expect_others'),
    title:
      'gives all callers one value when the server has lost its data and another process calls first',
    finds: /two values/,
  },
  {
    without: 'a first write that a full server allows',
    mutation: inScript(
      "if operation ~= 'join' then call('PEXPIRE'",
      "if false then call('PEXPIRE'",
    ),
    title: 'goes on and ends when memory is full, and refuses new calls',
    finds: /the lease was not renewed/,
  },
  {
    without: 'a value for those whose server has gone away',
    mutation: { file: 'shared-flight.ts', from: 'this.#made ?? (', to: '(' },
    title: 'gives a value to its own callers when the server has gone away during the call',
    finds: /not outcome/,
  },
];

/** How long most scenarios of a mutant may last, in milliseconds: some of those that find one do not end. */
const usual = 20_000;

describe.runIf(hasServer).concurrent('a scenario', () => {
  it.for(mutants)(
    'fails without $without',
    async ({ mutation, title, finds, limit = usual }, { skip }) => {
      skip(!isPossible(title));
      await using pool = await Pool.of(mutation);
      expect((await play(title, pool, 'ioredis', limit)).join('\n')).toMatch(finds);
    },
  );
});
