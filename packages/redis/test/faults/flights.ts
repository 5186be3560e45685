import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '../process.ts';
import { now, type Report } from '../program/order.ts';
import type { Stage } from '../stage.ts';
import type { Scenario } from './scenario.ts';

const key = 'key';

type Ended = Extract<Report, { kind: 'ended' }>;

/** How often the function of `request` was called. */
export function calls(program: Program, request: string): number {
  return program.reports.filter((each) => each.kind === 'called' && each.request === request)
    .length;
}

/** Joins the call under way, or makes one; returns which. */
export async function join(program: Program, request: string): Promise<string> {
  program.order({ order: 'fly', request, key });
  return (await program.report('joined', request)).status;
}

/** `leader` calls its function as `a`, and `follower` waits for it as `b`. */
export async function share(leader: Program, follower: Program): Promise<void> {
  await lead(leader, 'a');
  await join(follower, 'b');
}

/** Leaves the call; its function may go on. */
export async function leave(program: Program, request: string): Promise<void> {
  program.order({ order: 'cancel', request });
  await program.report('refused', request);
}

/** A call that finds no other. */
export async function lead(program: Program, request: string): Promise<number> {
  program.order({ order: 'fly', request, key });
  return (await program.report('called', request)).fence;
}

/** The value that the caller gets. */
export async function valueOf(program: Program, request: string): Promise<string> {
  return (await program.report('outcome', request)).value;
}

/** Checks which value the caller gets. */
export async function checkValue(
  stage: Stage,
  program: Program,
  request: string,
  value: string,
): Promise<void> {
  const found = await valueOf(program, request);
  stage.check(found === value, `${program.name} has got another value: ${found}`);
}

/** How the context of the function ends; its caller may have left before. */
export function endOf(program: Program, request: string): Promise<Ended> {
  return program.find(
    (report): report is Ended => report.kind === 'ended' && report.request === request,
  );
}

/** What programs that share a call do to each other. */
export const flights = {
  'calls again, in one of the others, when the process that calls is killed': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const leader = await stage.program('leader', server);
      const others = [await stage.program('b', server), await stage.program('c', server)] as const;
      const [b, c] = others;
      await share(leader, b);
      // So that one asks for the leader in the middle between two times that the other does.
      await pause(stage.lease / 6);
      await join(c, 'b');
      for (const each of others) each.order({ order: 'answer', request: 'b', value: each.name });
      const killed = await leader.kill();
      const { at } = await Promise.race(others.map((each) => each.report('called', 'b')));
      stage.tell('calling process killed, called again', killed, at);
      const values = await Promise.all(others.map((each) => valueOf(each, 'b')));
      stage.check(values[0] === values[1], `two values: ${values.join(', ')}`);
      stage.check(calls(b, 'b') + calls(c, 'b') === 1, 'called in both');
    },
  },

  'ends the context of a function whose process was stopped beyond its lease, and drops its value':
    {
      lease: 1_500,
      async play(stage) {
        const server = await stage.server();
        const leader = await stage.program('leader', server);
        const follower = await stage.program('follower', server);
        await share(leader, follower);
        leader.stop();
        await follower.report('called', 'b');
        leader.order({ order: 'answer', request: 'a', value: 'old' });
        leader.resume();
        const ended = await endOf(leader, 'a');
        stage.check(ended.cause.startsWith('LeaseLostError'), `ended with ${ended.cause}`);
        // What it has sent is answered.
        await leader.held();
        stage.check(!follower.has('outcome', 'b'), 'the late value has come through');
        follower.order({ order: 'answer', request: 'b', value: 'new' });
        await checkValue(stage, leader, 'a', 'new');
        await checkValue(stage, follower, 'b', 'new');
      },
    },

  'calls anew when the key was forgotten, and gives those that wait the value of the old call': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const [a, b, c, d] = [
        await stage.program('a', server),
        await stage.program('b', server),
        await stage.program('c', server),
        await stage.program('d', server),
      ];
      await share(a, b);
      c.order({ order: 'forget', request: 'forget', key });
      await c.report('forgotten', 'forget');
      const fence = await lead(c, 'c');
      stage.check(fence > (await a.report('called', 'a')).fence, 'the fence has not risen');
      await join(d, 'd');
      c.order({ order: 'answer', request: 'c', value: 'new' });
      await checkValue(stage, c, 'c', 'new');
      await checkValue(stage, d, 'd', 'new');
      stage.check(!a.has('outcome') && !b.has('outcome'), 'the old call has ended');
      a.order({ order: 'answer', request: 'a', value: 'old' });
      await checkValue(stage, a, 'a', 'old');
      await checkValue(stage, b, 'b', 'old');
    },
  },

  'keeps a value for the window, unless the key is forgotten, before or after its end': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const more = { group: { window: 60_000 } };
      const a = await stage.program('a', server, more);
      const b = await stage.program('b', server, more);
      const c = await stage.program('c', server, more);
      await lead(a, 'a');
      a.order({ order: 'answer', request: 'a', value: 'kept' });
      await valueOf(a, 'a');
      b.order({ order: 'fly', request: 'b', key });
      await checkValue(stage, b, 'b', 'kept');
      stage.check(calls(b, 'b') === 0, 'called within the window');
      b.order({ order: 'forget', request: 'after', key });
      await b.report('forgotten', 'after');
      // Called, so what was kept is gone.
      await lead(b, 'b2');
      a.order({ order: 'forget', request: 'before', key });
      await a.report('forgotten', 'before');
      await lead(a, 'a2');
      b.order({ order: 'answer', request: 'b2', value: 'old' });
      await valueOf(b, 'b2');
      const status = await join(c, 'c');
      stage.check(status === 'follow', `joined the call under way as ${status}`);
      a.order({ order: 'answer', request: 'a2', value: 'new' });
      await checkValue(stage, c, 'c', 'new');
    },
  },

  'carries a value that no message holds, and gives all the same error for a larger one': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const more = { group: { maxBytes: 100_002 } };
      const a = await stage.program('a', server, more);
      const b = await stage.program('b', server, more);
      await share(a, b);
      const value = 'x'.repeat(100_000);
      a.order({ order: 'answer', request: 'a', value });
      await checkValue(stage, a, 'a', value);
      await checkValue(stage, b, 'b', value);
      await lead(a, 'a2');
      await join(b, 'b2');
      a.order({ order: 'answer', request: 'a2', value: `${value}x` });
      for (const refused of [await a.report('refused', 'a2'), await b.report('refused', 'b2')]) {
        const { name, message, remote } = refused;
        const text = `${name}: ${message}`;
        stage.check(
          text === 'ResultTooLargeError: redis: result is too large: 100003 bytes of 100002',
          `refused with ${text}`,
        );
        stage.check(!remote, 'not of its own class');
      }
    },
  },

  'carries values by the codec, and errors by name, message and code': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const more = { group: { marks: true } };
      const a = await stage.program('a', server, more);
      const b = await stage.program('b', server, more);
      await share(a, b);
      a.order({ order: 'answer', request: 'a', value: 'value' });
      await checkValue(stage, a, 'a', 'value');
      const decoded = await valueOf(b, 'b');
      stage.check(decoded === 'decoded encoded value', `b has got ${decoded}`);
      await lead(a, 'a2');
      await join(b, 'b2');
      a.order({ order: 'fail', request: 'a2', message: 'no such user', code: 'E_USER' });
      const own = await a.report('refused', 'a2');
      stage.check(!own.remote && own.name === 'RangeError', `a has got ${JSON.stringify(own)}`);
      const { remote, name, message, code } = await b.report('refused', 'b2');
      const text = `${name}: ${message} (${code})`;
      stage.check(remote, 'b has got no RemoteError');
      stage.check(text === 'RangeError: no such user (E_USER)', `b has got ${text}`);
    },
  },

  'ends the call when the last caller of the last process leaves, and not before': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const a = await stage.program('a', server);
      const b = await stage.program('b', server);
      await share(a, b);
      await leave(a, 'a');
      // What it has sent is answered.
      await a.held();
      stage.check(!a.has('ended', 'a'), 'ended although b waits');
      const left = now();
      await leave(b, 'b');
      const ended = await endOf(a, 'a');
      stage.tell('last caller left, call ended', left, ended.at);
      stage.check(ended.cause.startsWith('AbortError'), `ended with ${ended.cause}`);
      // The key is free.
      await lead(b, 'b2');
      b.order({ order: 'answer', request: 'b2', value: 'new' });
      await checkValue(stage, b, 'b2', 'new');
    },
  },

  'goes on for callers of other processes when its own have left': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const a = await stage.program('a', server);
      const b = await stage.program('b', server);
      await share(a, b);
      await leave(a, 'a');
      a.order({ order: 'answer', request: 'a', value: 'value' });
      await checkValue(stage, b, 'b', 'value');
      stage.check(calls(b, 'b') === 0, 'called again');
    },
  },

  'counts a caller that was killed until its lease is over': {
    lease: 1_500,
    async play(stage) {
      const server = await stage.server();
      const a = await stage.program('a', server);
      const b = await stage.program('b', server);
      await share(a, b);
      await leave(a, 'a');
      const killed = await b.kill();
      const ended = await endOf(a, 'a');
      stage.tell('last caller killed, call ended', killed, ended.at);
      await lead(a, 'a2');
    },
  },
} satisfies Record<string, Scenario>;
