import { setTimeout as pause } from 'node:timers/promises';
import { calls, checkValue, endOf, lead, share, valueOf } from './flights.ts';
import type { Scenario } from './scenario.ts';

const key = 'key';

/** Faults of the server, and of what is between it and the programs that share a call. */
export const flightNetwork = {
  'ends the context of a function that is cut off before another is called, and takes no late value':
    {
      lease: 1_500,
      async play(stage) {
        const server = await stage.server();
        const proxy = await stage.proxy(server);
        const leader = await stage.program('leader', proxy);
        const follower = await stage.program('follower', server);
        await share(leader, follower);
        proxy.hold('requests');
        leader.order({ order: 'answer', request: 'a', value: 'old' });
        const called = await follower.report('called', 'b');
        const ended = await endOf(leader, 'a');
        stage.check(ended.cause.startsWith('LeaseLostError'), `ended with ${ended.cause}`);
        stage.check(ended.at < called.at, 'ended after the other was called');
        proxy.release();
        // What was held back is answered.
        await leader.held();
        stage.check(!follower.has('outcome', 'b'), 'the late value has come through');
        follower.order({ order: 'answer', request: 'b', value: 'new' });
        await checkValue(stage, follower, 'b', 'new');
        await checkValue(stage, leader, 'a', 'new');
      },
    },

  'finds a value whose message was lost': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const proxy = await stage.proxy(server);
      const leader = await stage.program('leader', server);
      const follower = await stage.program('follower', proxy);
      await share(leader, follower);
      proxy.hold('replies');
      leader.order({ order: 'answer', request: 'a', value: 'value' });
      await valueOf(leader, 'a');
      proxy.cut();
      proxy.release();
      await checkValue(stage, follower, 'b', 'value');
      stage.check(calls(follower, 'b') === 0, 'called again');
    },
  },

  'calls at once when the answer to its first request was lost': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const proxy = await stage.proxy(server);
      const program = await stage.program('program', proxy);
      // Once, so that the server knows the script.
      program.order({ order: 'fly', request: 'first', key: 'another' });
      program.order({ order: 'answer', request: 'first', value: '' });
      await valueOf(program, 'first');
      proxy.hold('replies');
      program.order({ order: 'fly', request: 'a', key });
      while ((await server.command('EXISTS', `gosync:fly:{one:${key}}`)) === 0) await pause(10);
      proxy.cut();
      proxy.release();
      const { status } = await program.report('joined', 'a');
      stage.check(status === 'lead', `joined itself as ${status}`);
      program.order({ order: 'answer', request: 'a', value: 'value' });
      await valueOf(program, 'a');
      stage.check(calls(program, 'a') === 1, 'called twice');
    },
  },

  'gives all callers one value when the server restarts without its data': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const a = await stage.program('a', server);
      const b = await stage.program('b', server);
      await share(a, b);
      await server.restart();
      a.order({ order: 'answer', request: 'a', value: 'of a' });
      b.order({ order: 'answer', request: 'b', value: 'of b' });
      const values = await Promise.all([valueOf(a, 'a'), valueOf(b, 'b')]);
      stage.check(values[0] === values[1], `two values: ${values.join(', ')}`);
    },
  },

  'gives all callers one value when the server has lost its data and another process calls first': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const leader = await stage.program('leader', server);
      const follower = await stage.program('follower', server);
      await share(leader, follower);
      leader.stop();
      await server.restart();
      await follower.report('called', 'b');
      follower.order({ order: 'answer', request: 'b', value: 'new' });
      await checkValue(stage, follower, 'b', 'new');
      leader.order({ order: 'answer', request: 'a', value: 'old' });
      leader.resume();
      const value = await valueOf(leader, 'a');
      stage.check(value === 'new', `two values: new, ${value}`);
    },
  },

  'goes on and ends when memory is full, and refuses new calls': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const a = await stage.program('a', server);
      const b = await stage.program('b', server);
      const late = await stage.program('late', server, { patience: 300 });
      await share(a, b);
      await server.command('CONFIG', 'SET', 'maxmemory', 1);
      late.order({ order: 'fly', request: 'l', key: 'another' });
      const refused = await late.report('refused', 'l');
      stage.check(refused.name === 'UnavailableError', `refused with ${refused.name}`);
      stage.check(refused.cause.includes('OOM'), `refused because of ${refused.cause}`);
      await pause(1.5 * stage.lease);
      stage.check(!a.has('ended', 'a'), 'the lease was not renewed');
      a.order({ order: 'answer', request: 'a', value: 'value' });
      await checkValue(stage, a, 'a', 'value');
      await checkValue(stage, b, 'b', 'value');
    },
  },

  'rejects, or calls alone where that was asked for, while the server is away': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const patience = 300;
      const careful = await stage.program('careful', server, { patience });
      const group = { onUnavailable: 'alone' } as const;
      const alone = await stage.program('alone', server, { patience, group });
      await server.kill();
      careful.order({ order: 'fly', request: 'c', key });
      const refused = await careful.report('refused', 'c');
      stage.check(refused.name === 'UnavailableError', `refused with ${refused.name}`);
      stage.check(calls(careful, 'c') === 0, 'called although the server is away');
      const fence = await lead(alone, 'a');
      stage.check(fence === 0, `called with the fence ${fence}`);
      alone.order({ order: 'answer', request: 'a', value: 'value' });
      await checkValue(stage, alone, 'a', 'value');
      await server.restart();
      // With the server again as soon as the client has found it.
      for (let i = 0; ; i++) {
        const request = `again ${i}`;
        if ((await lead(alone, request)) > 0) break;
        alone.order({ order: 'answer', request, value: '' });
        await valueOf(alone, request);
      }
    },
  },

  'gives a value to its own callers when the server has gone away during the call': {
    lease: 1_500,
    async play(stage) {
      const server = await stage.server();
      const program = await stage.program('program', server);
      await lead(program, 'a');
      await server.kill();
      program.order({ order: 'answer', request: 'a', value: 'value' });
      await checkValue(stage, program, 'a', 'value');
    },
  },
} satisfies Record<string, Scenario>;
