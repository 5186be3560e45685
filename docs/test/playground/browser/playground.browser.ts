import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch, names } from '../../site/browsers.ts';
import { demosTests } from './demos.ts';
import { editorTests } from './editor.ts';
import { everyoneTests } from './everyone.ts';
import { matchers } from './matchers.ts';
import { Playground } from './playground.ts';
import { serveSite, type Site } from '../../site/serve.ts';

expect.extend(matchers);

describe.each(names)('the playground in %s', (name) => {
  let browser: Promise<Browser> | undefined;
  let site: Site;
  let open: Playground[] = [];
  const visit = async (options?: { width?: number; prepare?: () => void }) => {
    // Not before all tests: without a browser each of them fails, and says why.
    browser ??= launch(name);
    const playground = await Playground.visit(await browser, site.origin, options);
    open.push(playground);
    return playground;
  };

  beforeAll(async () => {
    site = await serveSite();
  });
  afterEach(async () => {
    const visited = open;
    open = [];
    for (const { page } of visited) await page.close();
    // Nothing was wrong, and nothing came from elsewhere.
    const problems = visited.flatMap((playground) => playground.problems);
    if (problems.length > 0) throw new Error(`problems on the page:\n${problems.join('\n')}`);
  });
  afterAll(async () => {
    await (await browser?.catch(() => undefined))?.close();
    await site?.close();
  });

  demosTests(visit);
  editorTests(visit);
  everyoneTests(visit);

  it('is told by the browser of what is asked for elsewhere', async () => {
    const { page, problems, editor } = await visit();
    await editor.write('Program', `await fetch('http://127.0.0.1:9/');`);
    await editor.press('Run');
    await expect(editor).toShow('.output .error', 'TypeError');
    await page.evaluate(() => fetch('http://127.0.0.1:9/').catch(() => {}));
    await expect.poll(() => problems.splice(0).join('\n')).toContain('http://127.0.0.1:9');
  });
});
