import { createAdaptorServer } from '@hono/node-server';
import { background, isDeadlineExceeded, withCancelCause } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { Weighted } from '@gosync/semaphore';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, Server } from 'node:http';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { expressApp } from '../../examples/frameworks/express.ts';
import { fastifyApp } from '../../examples/frameworks/fastify.ts';
import { honoApp } from '../../examples/frameworks/hono.ts';
import { measuredPermit, type Waited } from '../../examples/frameworks/metrics.ts';
import { userRoute } from '../../examples/frameworks/next-route.ts';
import {
  ClientLeft,
  requestLife,
  Restarting,
  statusOf,
} from '../../examples/frameworks/request.ts';
import { tracedPermit } from '../../examples/frameworks/telemetry.ts';
import { Users } from '../../examples/frameworks/users.ts';
import { listen } from '../../examples/listen.ts';

type Start = (server: AbortSignal, users: Users) => Promise<Server> | Server;

const starts: Record<string, Start> = {
  Express: (server, users) => createServer(expressApp(server, users)),
  Fastify: async (server, users) => {
    const app = fastifyApp(server, users);
    await app.ready();
    return createServer((request, response) => app.routing(request, response));
  },
  Hono: (server, users) => {
    const adaptor = createAdaptorServer({ fetch: honoApp(server, users).fetch });
    if (!(adaptor instanceof Server)) throw new Error('not a server of HTTP/1');
    return adaptor;
  },
};

describe.each(Object.entries(starts))('a route of %s', (_name, start) => {
  async function begin() {
    const users = new Users();
    const [ctx, shutDown] = withCancelCause(background());
    const server = await start(ctx.signal, users);
    const port = await listen(server);
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const get = async (id: string, signal?: AbortSignal) => {
      const response = await fetch(
        `http://127.0.0.1:${port}/users/${id}`,
        signal ? { signal } : {},
      );
      return [response.status, await response.text()];
    };
    return { users, shutDown, get };
  }

  it('answers all who ask for the same with one call', async () => {
    const { users, get } = await begin();
    const answers = Promise.all([get('1'), get('1')]);
    await expect.poll(() => users.loading.size).toBe(1);
    // The second has to have come before the answer.
    await new Promise((resolve) => setImmediate(resolve));
    users.loading.get('1')?.('Ada');
    expect((await answers)[0]).toEqual([200, 'Ada']);
  });

  it('gives up the work when the client leaves', async () => {
    const { users, get } = await begin();
    const visitor = new AbortController();
    const answer = get('1', visitor.signal).catch(() => 'left');
    await expect.poll(() => users.loading.size).toBe(1);
    visitor.abort();
    expect(await answer).toBe('left');
    await expect.poll(() => users.stopped.length).toBe(1);
  });

  it('answers 503 when the server is shut down', async () => {
    const { users, get, shutDown } = await begin();
    const answer = get('1');
    await expect.poll(() => users.loading.size).toBe(1);
    shutDown(new Restarting());
    expect((await answer)[0]).toBe(503);
    expect(users.stopped).toHaveLength(1);
  });
});

describe('a route handler of Next', () => {
  const params = Promise.resolve({ id: '1' });

  it('answers, and gives up when the client leaves or the server is shut down', async () => {
    const users = new Users();
    const [ctx, shutDown] = withCancelCause(background());
    const GET = userRoute(ctx, users);
    const answer = GET(new Request('http://site/users/1'), { params });
    await expect.poll(() => users.loading.size).toBe(1);
    users.loading.get('1')?.('Ada');
    expect(await (await answer).text()).toBe('Ada');

    const visitor = new AbortController();
    users.loading.clear();
    const left = GET(new Request('http://site/users/1', { signal: visitor.signal }), { params });
    await expect.poll(() => users.loading.size).toBe(1);
    visitor.abort();
    expect((await left).status).toBe(499);
    expect(users.stopped.at(-1)).toBeInstanceOf(ClientLeft);

    const late = GET(new Request('http://site/users/1'), { params });
    shutDown(new Restarting());
    expect((await late).status).toBe(503);
  });
});

describe('requestLife()', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('ends after its time, when the client leaves, and with the server, each with its status', async () => {
    vi.useFakeTimers();
    const late = requestLife(background(), 2_000);
    vi.advanceTimersByTime(2_000);
    expect(isDeadlineExceeded(late.ctx.err)).toBe(true);
    expect(statusOf(late.ctx.signal.reason)).toBe(504);
    const left = requestLife(background(), 2_000);
    left.leave();
    expect(left.ctx.signal.reason).toBeInstanceOf(ClientLeft);
    expect(statusOf(left.ctx.signal.reason)).toBe(499);
    left[Symbol.dispose]();
    expect(statusOf(new Error('any other'))).toBe(500);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('tracedPermit()', () => {
  it('has a span for each wait, in the trace of the request that waits', async () => {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
    trace.setGlobalTracerProvider(provider);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    onTestFinished(() => {
      trace.disable();
      context.disable();
    });
    const units = new Weighted(1);
    const [group] = withContext(background());
    group.setLimit(2);
    const traces: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const root = provider.getTracer('test').startSpan(name, {}, ROOT_CONTEXT);
      traces.push(root.spanContext().traceId);
      // The third is queued, and still runs in the trace of its caller.
      context.with(trace.setSpan(ROOT_CONTEXT, root), () => {
        void group.go(async (ctx) => {
          const permit = await tracedPermit(ctx, units);
          await new Promise((resolve) => setImmediate(resolve));
          permit.release();
          root.end();
        });
      });
    }
    await group.wait();
    const waits = exporter.getFinishedSpans().filter(({ name }) => name === 'wait for units');
    expect(waits.map((span) => span.spanContext().traceId)).toEqual(
      expect.arrayContaining([traces[1]]),
    );
    for (const span of waits) expect(traces).toContain(span.spanContext().traceId);
    expect(new Set(waits.map((span) => span.spanContext().traceId)).size).toBe(waits.length);
  });
});

describe('measuredPermit()', () => {
  it('is the plain call when nobody listens, and else says how long it waited', async () => {
    const units = new Weighted(2);
    const plain = await measuredPermit(background(), units);
    const events: Waited[] = [];
    const listener = (event: unknown): void => void events.push(event as Waited);
    subscribe('units.waited', listener);
    onTestFinished(() => void unsubscribe('units.waited', listener));
    const waiting = measuredPermit(background(), units, 2);
    plain.release();
    (await waiting).release();
    await measuredPermit(AbortSignal.abort('left'), units).catch(() => {});
    expect(events).toMatchObject([
      { n: 2, granted: true, held: 2, waiting: 0 },
      { n: 1, granted: false, held: 0, waiting: 0 },
    ]);
    expect(events[0]?.ms).toBeGreaterThanOrEqual(0);
  });
});
