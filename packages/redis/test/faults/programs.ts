import { begin, handOver, keeps, type Scenario } from './scenario.ts';

/** Faults of the programs that share a semaphore. */
export const programs = {
  'gives the unit of a killed holder to the next': {
    lease: 1_500,
    async play(stage) {
      const server = await stage.server();
      const holder = await stage.program('holder', server);
      const waiter = await stage.program('waiter', server);
      await begin(holder, waiter);
      const killed = await holder.kill();
      const granted = await waiter.report('granted', 'w');
      stage.tell('holder killed, next one', killed, granted.at);
    },
  },

  'tells a holder that was stopped beyond its lease before its next use': {
    lease: 1_500,
    async play(stage) {
      const server = await stage.server();
      const holder = await stage.program('holder', server);
      const waiter = await stage.program('waiter', server);
      await begin(holder, waiter);
      holder.stop();
      const granted = await waiter.report('granted', 'w');
      const resumed = holder.resume();
      const lost = await holder.report('lost', 'h');
      stage.tell('holder stopped, told after waking', resumed, lost.at);
      stage.check(lost.reason === 'expired', `lost because ${lost.reason}`);
      await waiter.liveAt('w', granted.at + stage.lease);
      const used = holder.reports.some(
        (report) => report.kind === 'tick' && report.at > resumed && report.live.length > 0,
      );
      stage.check(!used, 'the holder has used it');
    },
  },

  'is not moved by a client whose clock is ahead': {
    lease: 3_000,
    async play(stage) {
      const server = await stage.server();
      const holder = await stage.program('holder', server);
      const waiter = await stage.program('waiter', server, { ahead: 11_000 });
      await begin(holder, waiter);
      await keeps(stage, holder, waiter);
      await handOver(stage, holder, waiter, "a client's clock ahead");
    },
  },
} satisfies Record<string, Scenario>;
