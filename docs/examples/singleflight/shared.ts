// Two calls for one key at the same time: the first function runs, both callers get its result.
import { Group } from '@gosync/singleflight';

const group = new Group<string>();

let unblock = () => {};
const block = new Promise<void>((resolve) => {
  unblock = resolve;
});

const first = group.doChan('key', async () => {
  await block;
  return 'func 1';
});
const second = group.doChan('key', async () => {
  await block;
  return 'func 2';
});
unblock();

const [result1, result2] = await Promise.all([first, second]);
console.log('Shared:', result2.shared);
console.log('Equal results:', result1.val === result2.val);
console.log('Result:', result1.val);
