// A crawler against a web site on this machine, with the five ports of Go: bounded, asking for nothing twice, and
// canceled as a whole. `crawl.ts` is the heart.
import { background, withCancel, withTimeout, withValue } from '@gosync/context';
import prettyBytes from 'pretty-bytes';
import { crawl, userAgent } from './crawl.ts';
import { Site } from './site.ts';

const root = withValue(background(), userAgent, 'gosync example');

await against(new Site(), 'whole site', async (url, site) => {
  const pages = await crawl(root, url);
  const requests = [...site.requests.values()];
  const weights = [...pages].map(([, bytes]) => bytes);
  return [
    `${pages.size} pages, ${requests.length - pages.size} images`,
    `${Math.max(...requests)} request for each, at most ${site.open.most} at once`,
    `${prettyBytes(Math.min(...weights))} to ${prettyBytes(Math.max(...weights))} a page`,
  ];
});

await against(new Site({ broken: '/page/13' }), 'broken page', async (url) => {
  await crawl(root, url);
  return [];
});

await against(new Site({ stuck: '/page/13' }), 'stuck page, time limit 200 ms', async (url) => {
  const [ctx, cancel] = withTimeout(root, 200);
  using _ = cancel;
  await crawl(ctx, url);
  return [];
});

await against(new Site(), 'canceled after ten pages', async (url) => {
  const [ctx, cancel] = withCancel(root);
  let pages = 0;
  await crawl(ctx, url, () => {
    if (++pages === 10) cancel();
  });
  return [];
});

/** Starts the site, prints what `work` finds or fails with, and that nothing is left of it. */
async function against(
  site: Site,
  title: string,
  work: (url: string, site: Site) => Promise<string[]>,
): Promise<void> {
  console.log(`${title}:`);
  const url = await site.start();
  try {
    for (const line of await work(`${url}/page/0`, site)) console.log(`  ${line}`);
  } catch (err) {
    console.log(`  ${String(err)}`);
  }
  await site.open.becomes(0);
  console.log('  no request is left open');
  site.stop();
}
