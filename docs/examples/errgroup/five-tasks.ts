// Five tasks, of which number 3 fails. Without a context the others run on; `wait` waits for all of them, and then
// rejects with the one error.
import { Group } from '@gosync/errgroup';
import { setTimeout } from 'node:timers/promises';

const group = new Group();

for (let i = 1; i <= 5; i++) {
  void group.go(async () => {
    await setTimeout(i * 10);
    if (i === 3) throw new Error(`task ${i} failed`);
    console.log(`task ${i} done`);
  });
}

try {
  await group.wait();
} catch (err) {
  console.log('wait:', String(err));
}
