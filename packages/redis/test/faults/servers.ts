import { setTimeout as pause } from 'node:timers/promises';
import { FakeTime, hasFakeTime } from '../fake-time.ts';
import { now } from '../program/order.ts';
import { begin, handOver, keeps, type Scenario } from './scenario.ts';

/** Faults of the server. */
export const servers = {
  'keeps a holder over a restart that loses all data': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const holder = await stage.program('holder', server);
      const waiter = await stage.program('waiter', server);
      await begin(holder, waiter);
      await server.restart();
      await keeps(stage, holder, waiter);
      await handOver(stage, holder, waiter, 'an empty restart');
    },
  },

  'grants nothing on a server that is younger than a lease, although its age counts the second it began in':
    {
      lease: 3_000,
      async play(stage) {
        const proxy = await stage.proxy(await stage.server());
        const program = await stage.program('program', proxy);
        // A server that starts late in a second of its wall clock soon says that it is a second old.
        await pause(1_000 - ((Date.now() + 400) % 1_000));
        const started = now();
        const server = await stage.server();
        proxy.target = server.port;
        proxy.cut();
        while (Number(await server.info('uptime_in_seconds')) * 1_000 < stage.lease)
          await pause(10);
        program.order({ order: 'permit', request: 'p', n: 1 });
        const granted = await program.report('granted', 'p');
        stage.check(granted.at > started + stage.lease, 'granted too early');
      },
    },

  'keeps a holder over a restart that keeps all data': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server({ aof: true });
      const holder = await stage.program('holder', server);
      const waiter = await stage.program('waiter', server);
      await begin(holder, waiter);
      await server.restart();
      await keeps(stage, holder, waiter);
      await handOver(stage, holder, waiter, 'a restart with data');
    },
  },

  'is not moved by jumps of the clock of the server': {
    lease: 3_000,
    isPossible: hasFakeTime,
    async play(stage) {
      using time = new FakeTime();
      const server = await stage.server({ env: time.env });
      const holder = await stage.program('holder', server);
      const waiter = await stage.program('waiter', server);
      await begin(holder, waiter);
      time.set(20);
      await keeps(stage, holder, waiter);
      time.set(-3_600);
      await keeps(stage, holder, waiter);
      await handOver(stage, holder, waiter, 'jumps of the clock');
    },
  },

  'keeps a holder over a failover to a replica that lacks the grant': {
    lease: 3_000,
    async play(stage) {
      const primary = await stage.server();
      const replication = await stage.proxy(primary);
      const replica = await stage.server({ replicaOf: replication.port });
      const proxy = await stage.proxy(primary);
      const holder = await stage.program('holder', proxy);
      const waiter = await stage.program('waiter', proxy);
      holder.order({ order: 'permit', request: 'before', n: 1 });
      await holder.report('granted', 'before');
      holder.order({ order: 'release', request: 'before' });
      await holder.report('returned', 'before');
      await replica.catchUp(primary);
      replication.hold('requests', 'replies');
      await begin(holder, waiter);
      await primary.kill();
      await replica.promote();
      proxy.target = replica.port;
      proxy.cut();
      await keeps(stage, holder, waiter);
      await handOver(stage, holder, waiter, 'a failover');
    },
  },

  'renews and hands over when memory is full, and refuses new requests': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const holder = await stage.program('holder', server);
      const waiter = await stage.program('waiter', server);
      const late = await stage.program('late', server, { patience: 300 });
      await begin(holder, waiter);
      await server.command('CONFIG', 'SET', 'maxmemory', 1);
      await keeps(stage, holder, waiter);
      late.order({ order: 'permit', request: 'l', n: 1 });
      const refused = await late.report('refused', 'l');
      stage.check(refused.name === 'UnavailableError', `refused with ${refused.name}`);
      stage.check(refused.cause.includes('OOM'), `refused because of ${refused.cause}`);
      await handOver(stage, holder, waiter, 'memory is full');
      waiter.order({ order: 'release', request: 'w' });
      await waiter.report('returned', 'w');
      await server.command('CONFIG', 'SET', 'maxmemory', 0);
      late.order({ order: 'tryPermit', request: 'l2', n: 1 });
      await late.report('granted', 'l2');
    },
  },

  'tells a holder at its next renewal when its keys are gone': {
    // More than the time for which the server has been up: it does not take the loss for its own restart.
    lease: 1_500,
    async play(stage) {
      const server = await stage.server();
      const holder = await stage.program('holder', server);
      await pause(stage.lease + 1_000);
      holder.order({ order: 'permit', request: 'h', n: 1 });
      await holder.report('granted', 'h');
      const gone = now();
      await server.command('FLUSHALL');
      const lost = await holder.report('lost', 'h');
      stage.tell('keys gone, told', gone, lost.at);
      stage.check(lost.reason === 'forgotten', `lost because ${lost.reason}`);
    },
  },
} satisfies Record<string, Scenario>;
