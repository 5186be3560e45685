import axe from 'axe-core';
import { readdirSync } from 'node:fs';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browsers.ts';
import { clipped } from './clipped.ts';
import { dist, serveSite, type Site } from './serve.ts';

/** The paths of all pages, as links write them. */
function paths(): string[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => `/${name.replace(/(?:^|(?<=\/))index\.html$|\.html$/, '')}`)
    .sort();
}

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
  beforeAll(async () => {
    site = await serveSite();
    browser = await launch('Chromium', 'cdp');
    page = await browser.newPage();
    // What moves is measured at rest.
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const visit = async (path: string, width: number, appearance = 'light'): Promise<void> => {
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([
      { name: 'prefers-reduced-motion', value: 'reduce' },
      { name: 'prefers-color-scheme', value: appearance },
    ]);
    await page.goto(site.origin + path, { waitUntil: 'load' });
    await page.waitForFunction(() => '__VUE__' in window || document.querySelector('#app > *'));
  };
  const violations = async (): Promise<string[]> => {
    await page.evaluate(axe.source);
    return page.evaluate(async () => {
      const tool: typeof axe = Reflect.get(window, 'axe');
      const { violations: found } = await tool.run(document, { resultTypes: ['violations'] });
      return found.flatMap(({ id, nodes }) =>
        nodes.map(({ html }) => `${id}: ${html.slice(0, 150)}`),
      );
    });
  };

  it.each([360, 1280])(
    'cuts no code, and scrolls nowhere sideways, at %d pixels',
    async (width) => {
      const found: string[] = [];
      for (const path of paths()) {
        await visit(path, width);
        found.push(...(await clipped(page)).map((text) => `${path}: ${text}`));
      }
      expect(found).toEqual([]);
    },
    300_000,
  );

  it('finds code that is cut', async () => {
    await visit('/start', 360);
    await page.addStyleTag({ content: '.vp-doc pre { white-space: pre !important; }' });
    expect((await clipped(page)).length).toBeGreaterThan(5);
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)(
    'has none in %s at %d pixels either',
    async (appearance, width) => {
      const found: string[] = [];
      for (const path of kinds) {
        await visit(path, width, appearance);
        found.push(...(await violations()).map((text) => `${path}: ${text}`));
      }
      expect(found).toEqual([]);
    },
    300_000,
  );

  it('finds a violation', async () => {
    await visit('/start', 1280);
    await page.evaluate(() =>
      document.querySelector('h1')?.insertAdjacentHTML('afterend', '<img src="/favicon.svg">'),
    );
    expect((await violations()).join()).toContain('image-alt');
  });

  it('asks for nothing elsewhere, on any page', async () => {
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(site.origin)) {
        elsewhere.push(request.url());
      }
    });
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) elsewhere.push(message.text());
    });
    for (const path of kinds) {
      await page.goto(site.origin + path, { waitUntil: 'networkidle0' });
    }
    expect(elsewhere).toEqual([]);
    // What the policy of the site forbids is not even a request.
    await page.evaluate(() => fetch('http://127.0.0.1:9/').catch(() => {}));
    await expect.poll(() => elsewhere.join()).toContain('http://127.0.0.1:9/');
  });

  it('shows the home page as text without scripts', async () => {
    await page.setJavaScriptEnabled(false);
    await page.goto(`${site.origin}/`);
    await page.setJavaScriptEnabled(true);
    const text = await page.$eval('main, #VPContent', (element) => element.textContent);
    expect(text).toContain('Promise.all rejects: 503 for /stock. 3 requests run on.');
    expect(text).toContain('wait() rejects: 503 for /stock. Nothing is running.');
    expect(text).toContain('When one task fails, the others are told to stop');
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
