import { Group } from '@gosync/errgroup';
import { row } from '../row.mjs';

export const groupLimitAwaited = row({
  id: 'group-limit-awaited',
  title: 'group: 500,000 tasks, limit 10, each `go` awaited',
  per: 'task',
  unit: 'ns',
  n: 500_000,
  go: 'GroupLimit',
  targets: [
    { than: 'peer', atMost: 0.35 },
    { than: 'go', atMost: 0.35 },
  ],
  contenders: {
    gosync: (n) => async () => {
      let done = 0;
      const task = async () => {
        done++;
      };
      const group = new Group();
      group.setLimit(10);
      for (let i = 0; i < n; i++) await group.go(task);
      await group.wait();
      return done;
    },
    'p-map': async (n) => {
      const { default: pMap } = await import('p-map');
      return async () => {
        let done = 0;
        const task = async () => {
          done++;
        };
        await pMap(count(n), task, { concurrency: 10 });
        return done;
      };
    },
  },
});

/**
 * As a loop hands over one task after the other, when there is room for it.
 * @param {number} n
 */
function* count(n) {
  for (let i = 0; i < n; i++) yield i;
}
