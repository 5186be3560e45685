import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserName, launch } from '../../site/browsers.ts';
import { serveSite, type Site } from '../../site/serve.ts';
import { matchers } from './matchers.ts';
import { Playground, type Visit } from './playground.ts';

/** Loads the playground, as it is for somebody new. */
export type Visitor = (how?: Visit) => Promise<Playground>;

/** Runs tests of the playground in a browser, and checks after each that nothing was wrong there. */
export function inBrowser(name: BrowserName, ...groups: ((visit: Visitor) => void)[]): void {
  expect.extend(matchers);
  describe(`the playground in ${name}`, () => {
    let browser: Browser | undefined;
    let site: Site | undefined;
    let playground: Playground;
    /** What the last test is about to do wrong. */
    let provoked: RegExp | undefined;
    const visit: Visitor = async (how) => {
      await playground.visit(how);
      return playground;
    };

    beforeAll(async () => {
      site = await serveSite();
      browser = await launch(name);
      playground = await Playground.open(browser, site.origin);
    });
    afterEach(() => {
      // Nothing was wrong, and nothing came from elsewhere.
      const problems = playground.problems.splice(0).filter((text) => !provoked?.test(text));
      if (problems.length > 0) throw new Error(`problems on the page:\n${problems.join('\n')}`);
    });
    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });

    for (const tests of groups) tests(visit);

    it('is told by the browser of what is asked for elsewhere', async () => {
      const { page, problems, editor } = await visit();
      provoked = /127\.0\.0\.1:9/;
      await editor.write('Program', `await fetch('http://127.0.0.1:9/');`);
      await editor.press('Run');
      await expect(editor).toShow('.output .error', 'TypeError');
      await page.evaluate(() => fetch('http://127.0.0.1:9/').catch(() => {}));
      await expect.poll(() => problems.join('\n')).toMatch(provoked);
    });
  });
}
