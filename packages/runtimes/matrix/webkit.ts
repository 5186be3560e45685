import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The process as it is spawned here: with somewhere to read its output. */
type Child = ChildProcess & { readonly stdout: Readable };

/** WebKitGTK, driven over WebDriver, on a screen of its own. */
export class WebKit {
  readonly #screen: Child;
  readonly #driver: Child;
  readonly #session: string;

  private constructor(screen: Child, driver: Child, session: string) {
    this.#screen = screen;
    this.#driver = driver;
    this.#session = session;
  }

  static async launch(): Promise<WebKit> {
    // The screen's number is written to its standard output once it can be used.
    const screen = start('Xvfb', ['-displayfd', '1', '-screen', '0', '800x600x24'], {});
    const [display] = await once(createInterface(screen.stdout), 'line');
    const port = 20_000 + (process.pid % 20_000);
    const driver = start('WebKitWebDriver', [`--port=${port}`], {
      DISPLAY: `:${display}`,
      // Its sandbox does not start for root, as which containers run.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    });
    const base = `http://127.0.0.1:${port}/session`;
    const { sessionId } = await untilItListens(() =>
      post(base, {
        capabilities: {
          alwaysMatch: {
            'webkitgtk:browserOptions': {
              binary: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
              args: ['--automation'],
            },
          },
        },
      }),
    );
    return new WebKit(screen, driver, `${base}/${sessionId}`);
  }

  open(url: string): Promise<unknown> {
    return post(`${this.#session}/url`, { url });
  }

  async close(): Promise<void> {
    await fetch(this.#session, { method: 'DELETE' });
    for (const child of [this.#driver, this.#screen]) {
      child.kill();
      await once(child, 'exit');
    }
  }
}

function start(
  command: string,
  args: string[],
  environment: Readonly<Record<string, string>>,
): Child {
  return spawn(command, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

async function post(url: string, body: object): Promise<{ readonly sessionId: string }> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${url}: ${JSON.stringify(value)}`);
  return value;
}

/** The driver says nothing when it listens. */
async function untilItListens<T>(f: () => Promise<T>): Promise<T> {
  for (let tries = 100; ; tries--) {
    try {
      return await f();
    } catch (error) {
      if (tries === 0 || !(error instanceof TypeError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
