import { type Context, type ContextLike, createKey } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { Weighted } from '@gosync/semaphore';
import { Group as Flights } from '@gosync/singleflight';
import { SyncMap } from '@gosync/syncmap';

/** Who crawls: sent along with every request made under a context that has it. */
export const userAgent = createKey<string>('user agent');

/** What may be on the network at once, over all crawls: a page weighs 1, an image 2. */
const network = new Weighted(8);

/**
 * Visits every page that can be reached from `start` and returns what each weighs, its images included.
 *
 * The first request that fails ends the crawl, as does the end of `parent`. However it ends, every request has been
 * answered or aborted by then.
 */
export async function crawl(
  parent: ContextLike,
  start: string,
  visited: (url: string) => void = () => {},
): Promise<SyncMap<string, number>> {
  const [group] = withContext(parent);
  await using _ = group;
  const pages = new SyncMap<string, number>();
  const images = new SyncMap<string, number>();
  const flights = new Flights<number>();

  const visit = (url: string): void => {
    const [, seen] = pages.loadOrStore(url, 0);
    if (seen) return;
    // A task may hand over more tasks: the group waits for them too.
    void group.go(async (ctx) => {
      const html = await get(ctx, url, 1);
      add(url, html.length);
      visited(url);
      for (const link of references(html, 'href', url)) visit(link);
      for (const src of references(html, 'src', url)) {
        void group.go(async (own) => add(url, await weigh(own, src)));
      }
    });
  };

  /** How large an image is. Pages that ask at the same time share the answer; those that come later find it. */
  const weigh = async (ctx: Context, url: string): Promise<number> => {
    const [known, ok] = images.load(url);
    if (ok) return known;
    const [size] = await flights.doContext(ctx, url, async (flight) => {
      const body = await get(flight, url, 2);
      images.store(url, body.length);
      return body.length;
    });
    return size;
  };

  const add = (url: string, bytes: number): void => {
    const [weight = 0] = pages.load(url);
    pages.store(url, weight + bytes);
  };

  visit(start);
  await group.wait();
  return pages;
}

/** Fetches a text when there is room on the network. */
function get(ctx: Context, url: string, weight: number): Promise<string> {
  return network.run(ctx, weight, async () => {
    const headers = { 'user-agent': ctx.value(userAgent) ?? 'crawler' };
    const response = await fetch(url, { signal: ctx.signal, headers });
    if (!response.ok) throw new Error(`${response.status} for ${new URL(url).pathname}`);
    return await response.text();
  });
}

function references(html: string, attribute: string, base: string): string[] {
  return [...html.matchAll(new RegExp(`${attribute}="([^"]+)"`, 'g'))].map(
    ([, url = '']) => new URL(url, base).href,
  );
}
