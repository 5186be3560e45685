import { Group } from '@gosync/singleflight';

const flights = new Group();
let queries = 0;

// Everyone who asks while a query runs gets its answer.
async function user(ctx, id) {
  const [name] = await flights.doContext(ctx, id, async () => {
    queries++;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return `user ${id}`;
  });
  return name;
}

// The default export is called. The button "Stop" cancels ctx.
export default async function main(ctx) {
  const ids = ['1', '1', '2', '1', '2'];
  console.log(await Promise.all(ids.map((id) => user(ctx, id))));
  console.log(`${ids.length} callers, ${queries} queries`);
}
