import { Group } from '@gosync/errgroup';
import { row } from '../row.mjs';

export const groupUnlimited = row({
  id: 'group-unlimited',
  title: 'group: 1,000,000 tasks, no limit',
  per: 'task',
  unit: 'ns',
  n: 1_000_000,
  go: 'GroupUnlimited',
  targets: [
    { than: 'floor', atMost: 0.7 },
    { than: 'go', atMost: 0.8 },
  ],
  why: 'A promise reaction for each task is what the floor, too, has to pay.',
  contenders: {
    gosync: (n) => async () => {
      let done = 0;
      const task = async () => {
        done++;
      };
      const group = new Group();
      for (let i = 0; i < n; i++) void group.go(task);
      await group.wait();
      return done;
    },
    floor: (n) => async () => {
      let done = 0;
      const task = async () => {
        done++;
      };
      const tasks = [];
      for (let i = 0; i < n; i++) tasks.push(task());
      await Promise.all(tasks);
      return done;
    },
  },
});
