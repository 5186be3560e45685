import { setTimeout as pause } from 'node:timers/promises';
import { now } from '../program/order.ts';
import { begin, handOver, type Scenario } from './scenario.ts';

/** Faults of what is between the programs and their server. */
export const network = {
  'keeps a holder and the place of a waiter while connections are refused': {
    lease: 8_000,
    async play(stage) {
      const server = await stage.server();
      const proxy = await stage.proxy(server);
      const holder = await stage.program('holder', proxy);
      const waiter = await stage.program('waiter', proxy);
      await begin(holder, waiter);
      await proxy.refuse();
      await pause(2_000);
      await proxy.accept();
      const late = await stage.program('late', proxy);
      late.order({ order: 'permit', request: 'l', n: 1 });
      await late.report('queued', 'l');
      stage.check(!waiter.has('granted', 'w'), 'the waiter has got it');
      await handOver(stage, holder, waiter, 'refused connections');
      stage.check(!late.has('granted', 'l'), 'the late one has got it');
    },
  },

  'tells a holder that is cut off before the next one holds': {
    lease: 1_500,
    async play(stage) {
      const server = await stage.server();
      const proxy = await stage.proxy(server);
      const holder = await stage.program('holder', proxy);
      const waiter = await stage.program('waiter', server);
      await begin(holder, waiter);
      proxy.hold('requests', 'replies');
      const cut = now();
      const lost = await holder.report('lost', 'h');
      const granted = await waiter.report('granted', 'w');
      stage.tell('holder cut off, told', cut, lost.at);
      stage.tell('holder cut off, next one', cut, granted.at);
      stage.check(lost.reason === 'expired', `lost because ${lost.reason}`);
      // What was held back arrives now, and takes nothing from the next one.
      proxy.release();
      await waiter.liveAt('w', now() + stage.lease);
    },
  },

  'tells a holder that is cut off in time although replies take long': {
    // So long that a renewal is in time on a busy machine, although its reply takes an eighth of it.
    lease: 5_000,
    async play(stage) {
      const server = await stage.server();
      const proxy = await stage.proxy(server);
      const holder = await stage.program('holder', proxy);
      const waiter = await stage.program('waiter', server);
      await begin(holder, waiter);
      proxy.delay.replies = stage.lease / 8;
      // Its lease is now one that was renewed with a late reply.
      await holder.liveAt('h', now() + stage.lease);
      // Not the replies: the last renewal that the server has made is one that the holder hears of, late.
      proxy.hold('requests');
      const cut = now();
      const granted = await waiter.report('granted', 'w');
      stage.tell('holder with slow replies cut off, next one', cut, granted.at);
      await holder.report('lost', 'h');
    },
  },

  'gives back a unit whose grant crosses its cancellation': {
    lease: 2_000,
    async play(stage) {
      const server = await stage.server();
      const proxy = await stage.proxy(server);
      const holder = await stage.program('holder', server);
      const waiter = await stage.program('waiter', proxy);
      await begin(holder, waiter);
      proxy.hold('replies');
      holder.order({ order: 'release', request: 'h' });
      await holder.report('returned', 'h');
      waiter.order({ order: 'cancel', request: 'w' });
      await waiter.report('refused', 'w');
      proxy.release();
      holder.order({ order: 'permit', request: 'again', n: 1 });
      await holder.report('granted', 'again');
      // The waiter lives on: what it had was given back, and did not end with it.
      waiter.order({ order: 'tryPermit', request: 'busy', n: 1 });
      await waiter.report('busy', 'busy');
      // The same with a grant that is the answer to the request itself.
      holder.order({ order: 'release', request: 'again' });
      await holder.report('returned', 'again');
      proxy.hold('replies');
      waiter.order({ order: 'permit', request: 'w2', n: 1 });
      while ((await holder.held()) === 0) await pause(10);
      waiter.order({ order: 'cancel', request: 'w2' });
      await waiter.report('refused', 'w2');
      proxy.release();
      holder.order({ order: 'permit', request: 'last', n: 1 });
      await holder.report('granted', 'last');
    },
  },

  'takes no unit for the late twin of a request that was sent again': {
    lease: 2_000,
    async play(stage) {
      const server = await stage.server();
      const proxy = await stage.proxy(server);
      const holder = await stage.program('holder', proxy);
      const other = await stage.program('other', server);
      // Once, so that the server knows the session.
      holder.order({ order: 'permit', request: 'first', n: 1 });
      await holder.report('granted', 'first');
      holder.order({ order: 'release', request: 'first' });
      await holder.report('returned', 'first');
      proxy.record();
      proxy.hold('replies');
      holder.order({ order: 'permit', request: 'h', n: 1 });
      while ((await other.held()) === 0) await pause(10);
      const twin = proxy.recorded();
      // The holder does not hear of it, connects again, and sends it again.
      proxy.cut();
      proxy.release();
      await holder.report('granted', 'h');
      holder.order({ order: 'release', request: 'h' });
      await holder.report('returned', 'h');
      await proxy.replay(twin);
      other.order({ order: 'tryPermit', request: 'o', n: 1 });
      await other.report('granted', 'o');
    },
  },
} satisfies Record<string, Scenario>;
