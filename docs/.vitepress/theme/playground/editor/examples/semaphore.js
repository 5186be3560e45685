import { Weighted } from '@gosync/semaphore';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// The default export is called. The button "Stop" cancels ctx.
export default async function main(ctx) {
  const memory = new Weighted(10);
  const job = (name, n) =>
    memory.run(ctx, n, async () => {
      console.log(`${name} has ${n}, ${memory.available} are left`);
      await pause(800);
    });
  // The large one is not overtaken by those that would fit.
  await Promise.all([job('a', 6), job('large', 10), job('b', 3), job('c', 3)]);
  console.log(`all given back: ${memory.available}`);
}
