import { Group } from '@gosync/errgroup';
import { row } from '../row.mjs';

const turn = Promise.resolve();

export const groupLimitReached = row({
  id: 'group-limit-reached',
  title: 'group: 500,000 tasks that wait, limit 10, each `go` awaited',
  per: 'task',
  unit: 'ns',
  n: 500_000,
  go: 'GroupLimitReached',
  // The tasks above are over before the limit is reached; these are not.
  targets: [],
  contenders: {
    gosync: (n) => async () => {
      let done = 0;
      const task = async () => {
        await turn;
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
          await turn;
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
