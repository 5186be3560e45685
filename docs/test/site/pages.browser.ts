import { readdirSync } from 'node:fs';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browsers.ts';
import { clipped } from './clipped.ts';
import { dist, serveSite, type Site } from './serve.ts';
import { violations } from './violations.ts';

/** The paths of all pages, as links write them. */
const paths = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.html'))
  .map((name) => `/${name.replace(/(?:^|(?<=\/))index\.html$|\.html$/, '')}`)
  .sort();

/** A page of each kind. */
const kinds = [
  '/',
  '/start',
  '/guide/cancellation',
  '/guide/performance',
  '/api/semaphore',
  '/playground',
];

describe('the site', () => {
  let browser: Browser;
  let site: Site;
  let page: Page;
  /** What was asked for that is not of the site, also by what its policy forbids. */
  const elsewhere: string[] = [];
  beforeAll(async () => {
    site = await serveSite();
    browser = await launch('Chromium', 'cdp');
    page = await browser.newPage();
    page.on('request', (request) => {
      if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(site.origin)) {
        elsewhere.push(request.url());
      }
    });
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) elsewhere.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const widen = (width: number): Promise<void> => page.setViewport({ width, height: 800 });
  const paint = async (appearance: 'light' | 'dark'): Promise<void> => {
    // What moves is measured at rest.
    await page.emulateMediaFeatures([
      { name: 'prefers-reduced-motion', value: 'reduce' },
      { name: 'prefers-color-scheme', value: appearance },
    ]);
    await page.waitForFunction(
      (dark) => document.documentElement.classList.contains('dark') === dark,
      {},
      appearance === 'dark',
    );
  };
  const visit = async (path: string, width: number): Promise<void> => {
    await widen(width);
    await page.goto(site.origin + path, { waitUntil: 'load' });
    // Vue has taken over what was rendered by the build.
    await page.waitForFunction(() => {
      const app = document.querySelector('#app');
      return app !== null && '__vue_app__' in app;
    });
    await paint('light');
  };

  it.each(paths)(
    'cuts no code, keeps nobody out, and asks for nothing elsewhere: %s',
    async (path) => {
      elsewhere.length = 0;
      await visit(path, 360);
      const narrow = [...(await clipped(page)), ...(await violations(page, 'all'))];
      await widen(1280);
      const wide = await clipped(page);
      expect({ narrow, wide, elsewhere }).toEqual({ narrow: [], wide: [], elsewhere: [] });
    },
  );

  it.each(kinds)('can be read in the dark, and when it is wide: %s', async (path) => {
    await visit(path, 1280);
    const light = await violations(page, 'all');
    await paint('dark');
    const dark = await violations(page, 'of color');
    await widen(360);
    const narrow = await violations(page, 'of color');
    expect({ light, dark, narrow }).toEqual({ light: [], dark: [], narrow: [] });
  });

  it('is found to cut code', async () => {
    await visit('/start', 360);
    await page.addStyleTag({
      content: '.vp-doc :is(pre, pre code) { white-space: pre !important; }',
    });
    expect((await clipped(page)).length).toBeGreaterThan(5);
  });

  it('is found to keep somebody out, and to be too faint in the dark', async () => {
    await visit('/start', 1280);
    await page.evaluate(() =>
      document.querySelector('h1')?.insertAdjacentHTML('afterend', '<img src="/favicon.svg">'),
    );
    expect((await violations(page, 'all')).join()).toContain('image-alt');
    await page.addStyleTag({ content: '.dark h1 { color: #333 !important; }' });
    expect(await violations(page, 'of color')).toEqual([]);
    await paint('dark');
    expect((await violations(page, 'of color')).join()).toContain('color-contrast: <h1');
  });

  it.each([
    ['a request', `fetch('http://127.0.0.1:9/').catch(() => {})`],
    ['a picture', `new Image().src = 'http://127.0.0.1:9/'`],
  ])('is found to ask for %s elsewhere', async (_, script) => {
    await visit('/start', 1280);
    elsewhere.length = 0;
    await page.evaluate(script);
    // The policy of the test's server forbids it, so that it is not even a request.
    await expect.poll(() => elsewhere.join()).toContain('http://127.0.0.1:9/');
  });

  it('asks for nothing elsewhere when one searches it', async () => {
    await visit('/start', 1280);
    elsewhere.length = 0;
    await page.locator('.DocSearch-Button').click();
    await page.locator('.search-input').fill('semaphore');
    await page.waitForSelector('.result');
    expect(elsewhere).toEqual([]);
  });

  it('shows the home page as text without scripts', async () => {
    await page.setJavaScriptEnabled(false);
    await page.goto(`${site.origin}/`);
    await page.setJavaScriptEnabled(true);
    const text = await page.$eval('main, #VPContent', (element) => element.textContent);
    expect(text).toContain('Promise.all rejects: 503 for /stock. 3 requests run on.');
    expect(text).toContain('wait() rejects: 503 for /stock. Nothing is running.');
    expect(text).toContain('When one task fails, the others are canceled');
  });

  it('runs the pairs of the home page', async () => {
    await visit('/', 1280);
    await page.waitForSelector('.pair[data-ready]');
    const said = () =>
      page.$$eval('.pair[aria-label="Four requests, one of which fails"] .said', (all) =>
        all.map((each) => each.textContent),
      );
    await page.locator('.pair[aria-label="Four requests, one of which fails"] .again').click();
    await expect.poll(said).toEqual(['Running …', 'Running …']);
    await expect
      .poll(said, { timeout: 10_000 })
      .toEqual([
        'Promise.all rejects: 503 for /stock. 3 requests run on.',
        'wait() rejects: 503 for /stock. Nothing is running.',
      ]);
  });
});
