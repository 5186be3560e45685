import { createServer, type ServerResponse } from 'node:http';
import { Counter } from '../counter.ts';
import { listen } from '../listen.ts';

const PAGES = 40;
const IMAGES = 6;

/** A web site of 40 pages that link to each other and share their images. */
export class Site {
  /** Requests under way. */
  readonly open = new Counter();
  /** How often each path was asked for. */
  readonly requests = new Map<string, number>();
  private readonly server = createServer(({ url = '/' }, response) => {
    this.requests.set(url, (this.requests.get(url) ?? 0) + 1);
    this.open.add(1);
    response.once('close', () => this.open.add(-1));
    // A network takes its time.
    setTimeout(() => this.answer(url, response), 2);
  });
  private readonly broken: string | undefined;
  private readonly stuck: string | undefined;

  /** `broken` is a path that fails, `stuck` one that never answers. */
  constructor({ broken, stuck }: { broken?: string; stuck?: string } = {}) {
    this.broken = broken;
    this.stuck = stuck;
  }

  async start(): Promise<string> {
    return `http://127.0.0.1:${await listen(this.server)}`;
  }

  stop(): void {
    this.server.close().closeAllConnections();
  }

  private answer(path: string, response: ServerResponse): void {
    if (path === this.stuck) return;
    const body = path.startsWith('/image/') ? image(path) : page(path);
    response.writeHead(path === this.broken ? 500 : 200).end(body);
  }
}

function page(path: string): string {
  const number = Number(path.replace('/page/', '')) || 0;
  const links = [0, number * 2 + 1, number * 2 + 2, number + 7].filter((to) => to < PAGES);
  return [
    ...links.map((to) => `<a href="/page/${to}">page ${to}</a>`),
    `<img src="/image/${number % IMAGES}"> <img src="/image/${(number * 5 + 1) % IMAGES}">`,
  ].join('\n');
}

function image(path: string): string {
  return 'x'.repeat(1000 * (1 + Number(path.replace('/image/', ''))));
}
