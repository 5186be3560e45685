import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Context,
  afterFunc,
  background,
  from,
  withCancel,
  withTimeout,
  withValue,
} from '@gosync/context';
import { compile, run } from './programs/run.ts';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Whether nothing keeps what `make` returned, apart from what it has stored elsewhere. */
async function isCollected(make: () => WeakKey): Promise<boolean> {
  const ref = new WeakRef(make());
  for (let round = 0; round < 3; round++) {
    // A WeakRef keeps its target until the task ends.
    await new Promise(setImmediate);
    if (typeof collect === 'function') collect();
    if (ref.deref() === undefined) return true;
  }
  return false;
}

/** A live parent, as long-lived as a server's. */
function server(): Context {
  return withCancel(background())[0];
}

describe('a parent', () => {
  it('keeps no child that has been canceled', async () => {
    const parent = server();
    expect(
      await isCollected(() => {
        const [child, cancel] = withCancel(parent);
        cancel();
        return child;
      }),
    ).toBe(true);
    expect(parent.err).toBeUndefined();
  });

  it('keeps no child that has been canceled and looked at from all sides', async () => {
    const parent = server();
    expect(
      await isCollected(() => {
        const [child, cancel] = withTimeout(withValue(parent, 'key', 1), 3_600_000);
        child.signal.addEventListener('abort', () => String(child));
        afterFunc(child, () => String(child));
        withCancel(child);
        expect(from(child.signal)).toBe(child);
        cancel();
        expect(child.signal.reason).toBe(child.err);
        return child;
      }),
    ).toBe(true);
    expect(parent.err).toBeUndefined();
  });

  it('keeps a child that was dropped, until it ends itself', async () => {
    const [parent, cancel] = withCancel(background());
    let child: WeakRef<Context> | undefined;
    const isGone = await isCollected(() => {
      const [dropped] = withCancel(parent);
      child = new WeakRef(dropped);
      return dropped;
    });
    expect(isGone).toBe(false);
    cancel();
    expect(await isCollected(() => child?.deref() ?? {})).toBe(true);
  });

  it('keeps no child that was dropped when it can never end', async () => {
    expect(await isCollected(() => withCancel(background())[0])).toBe(true);
  });

  it('keeps no value context', async () => {
    const parent = server();
    expect(await isCollected(() => withValue(parent, 'key', 1))).toBe(true);
    expect(parent.err).toBeUndefined();
  });
});

describe('afterFunc()', () => {
  it('keeps no callback that has been stopped, though the caller keeps stop', async () => {
    const parent = server();
    const stops: (() => boolean)[] = [];
    expect(
      await isCollected(() => {
        const f = (): boolean => stops.length > 1;
        const stop = afterFunc(parent, f);
        stops.push(stop);
        stop();
        return f;
      }),
    ).toBe(true);
    expect(stops[0]?.()).toBe(false);
  });

  it('keeps no callback that has been called, though the caller keeps stop and context', async () => {
    const [ctx, cancel] = withCancel(background());
    const stops: (() => boolean)[] = [];
    const isGone = isCollected(() => {
      const f = (): boolean => stops.length > 1;
      stops.push(afterFunc(ctx, f));
      cancel();
      return f;
    });
    expect(await isGone).toBe(true);
    expect(stops[0]?.()).toBe(false);
    expect(ctx.signal.aborted).toBe(true);
  });
});

describe('a foreign AbortSignal', () => {
  it('keeps no child that has been canceled, and no callback that has been stopped', async () => {
    const { signal } = new AbortController();
    expect(
      await isCollected(() => {
        const [child, cancel] = withTimeout(signal, 3_600_000);
        const stop = afterFunc(signal, () => String(child));
        stop();
        cancel();
        return child;
      }),
    ).toBe(true);
    expect(from(signal).err).toBeUndefined();
  });

  it('keeps nothing after it was aborted', async () => {
    const controller = new AbortController();
    const isGone = isCollected(() => {
      const [child] = withCancel(controller.signal);
      afterFunc(child, () => String(child));
      controller.abort();
      return child;
    });
    expect(await isGone).toBe(true);
    expect(from(controller.signal).err).toBeDefined();
  });

  it('is not kept when everything that was derived from it is gone', async () => {
    expect(
      await isCollected(() => {
        const { signal } = new AbortController();
        withCancel(signal)[1]();
        expect(from(signal).err).toBeUndefined();
        return signal;
      }),
    ).toBe(true);
  });
});

describe('the object that brought a signal', () => {
  it('is kept while something hangs on the signal: a Request that is collected aborts nobody', async () => {
    const controller = new AbortController();
    const child = ((): Context => {
      const request = new Request('https://example.com', { signal: controller.signal });
      return withCancel(request)[0];
    })();
    for (let round = 0; round < 3; round++) {
      await new Promise(setImmediate);
      if (typeof collect === 'function') collect();
    }
    controller.abort('over');
    expect(child.err?.cause).toBe('over');
  });
});

describe('a deadline', () => {
  it('keeps nothing once it is canceled', async () => {
    expect(
      await isCollected(() => {
        const [ctx, cancel] = withTimeout(background(), 3_600_000);
        ctx.signal.addEventListener('abort', () => String(ctx));
        cancel();
        return ctx;
      }),
    ).toBe(true);
  });
});

describe('background()', () => {
  it('keeps no listener of its signal, and no callback', async () => {
    expect(
      await isCollected(() => {
        const calls: unknown[] = [];
        const f = (): unknown => calls.push(f);
        background().signal.addEventListener('abort', f);
        afterFunc(background(), f);
        return f;
      }),
    ).toBe(true);
  });
});

describe('the heap', () => {
  let program: string;
  beforeAll(async () => {
    program = await compile('memory.ts');
  }, 60_000);

  it.concurrent.each(['own parent', 'foreign signal', 'callbacks'])(
    'is where it was after a million have come and gone: %s',
    async (part) => {
      const { output, errors } = await run(program, part, '--expose-gc');
      expect(errors).toBe('');
      // One that is kept would cost 50 bytes at the very least: 50 million.
      expect(Math.abs(Number(output))).toBeLessThan(1_000_000);
      expect(output).not.toBe('');
    },
    60_000,
  );
});
