// A search that asks three services at once. Each task writes its result to its own place.
import { background, type Context, type ContextLike } from '@gosync/context';
import { withContext } from '@gosync/errgroup';

type Search = (ctx: Context, query: string) => Promise<string>;

const web = fakeSearch('web');
const image = fakeSearch('image');
const video = fakeSearch('video');

function fakeSearch(kind: string): Search {
  return async (_ctx, query) => `${kind} result for "${query}"`;
}

async function search(parent: ContextLike, query: string): Promise<string[]> {
  const [group] = withContext(parent);
  const results: string[] = [];
  for (const [i, service] of [web, image, video].entries()) {
    void group.go(async (ctx) => {
      results[i] = await service(ctx, query);
    });
  }
  await group.wait();
  return results;
}

for (const result of await search(background(), 'golang')) console.log(result);
