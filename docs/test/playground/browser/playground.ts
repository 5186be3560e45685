import type { Browser, Page } from 'puppeteer-core';
import { Demo } from './demo.ts';

/** How to visit it. */
export interface Visit {
  /** Of the window, in pixels; 1280 if not given. */
  readonly width?: number;
  /** Runs in the page before anything else does. */
  readonly prepare?: () => void;
}

/** The playground in a tab. Each visit loads it anew. */
export class Playground {
  readonly page: Page;
  readonly semaphore: Demo;
  readonly group: Demo;
  readonly stampede: Demo;
  readonly tree: Demo;
  readonly editor: Demo;
  /** What a visitor should never see in the console, and what was asked for elsewhere. */
  readonly problems: string[] = [];
  readonly #address: string;

  private constructor(page: Page, origin: string) {
    this.page = page;
    this.#address = `${origin}/playground`;
    this.semaphore = new Demo(page, 'Semaphore');
    this.group = new Demo(page, 'Group');
    this.stampede = new Demo(page, 'Stampede');
    this.tree = new Demo(page, 'Tree of contexts');
    this.editor = new Demo(page, 'Editor');
    page.on('console', (message) => {
      const type = message.type();
      if (type === 'error' || type === 'warn') this.problems.push(`${type}: ${message.text()}`);
    });
    page.on('pageerror', (error) => {
      // A rejection in a worker, which a test provokes. Firefox reports it even if the worker handles it.
      if (!String(error).includes('unheard')) this.problems.push(String(error));
    });
    page.on('request', (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (/^https?:$/.test(protocol) && asked !== origin) this.problems.push(request.url());
    });
  }

  /** Opens a tab for it. */
  static async open(browser: Browser, origin: string): Promise<Playground> {
    const page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    await page.evaluateOnNewDocument(() => {
      addEventListener('securitypolicyviolation', ({ blockedURI }) => {
        console.error(`not allowed: ${blockedURI}`);
      });
    });
    return new Playground(page, origin);
  }

  async visit({ width = 1280, prepare = () => {} }: Visit = {}): Promise<void> {
    const { page } = this;
    await page.setViewport({ width, height: 900 });
    const { identifier } = await page.evaluateOnNewDocument(prepare);
    await page.goto(this.#address);
    await page.removeScriptToEvaluateOnNewDocument(identifier);
    await page.waitForFunction(() => document.querySelectorAll('.demo[data-ready]').length === 5);
  }

  /** Lets every demonstration show something that lasts until it is told to end. */
  async fill(): Promise<void> {
    const { semaphore, group, stampede, tree, editor } = this;
    await semaphore.slide('Held for', 'End');
    await semaphore.press('Five at once');
    await semaphore.press('Try');
    await semaphore.shows('[data-row="Request 5, weight 1"] .note', 'waits');
    await group.press('Run');
    await group.shows('.summary', 'wait() rejected');
    await stampede.slide('The upstream answers after', 'End');
    await stampede.press('Stampede');
    await stampede.shows('.summary', '5 callers');
    await stampede.press('Leave: Caller 2');
    await tree.press('Cancel: database');
    await editor.press('Run');
    await editor.shows('.summary', 'The program has ended.');
  }
}
