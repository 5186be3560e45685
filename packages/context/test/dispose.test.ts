import { describe, expect, it } from 'vitest';
import {
  CanceledError,
  type CancelFunc,
  type Context,
  afterFunc,
  background,
  cause,
  withCancel,
  withCancelCause,
  withTimeout,
} from '@gosync/context';

const kinds: Readonly<Record<string, () => readonly [Context, CancelFunc]>> = {
  'withCancel()': () => withCancel(background()),
  'withCancelCause()': () => withCancelCause(background()),
  'withTimeout()': () => withTimeout(background(), 3_600_000),
};

describe.each(Object.entries(kinds))('`using` with the cancel function of %s', (_, derive) => {
  it('ends the context when the block is left at its end', () => {
    const [ctx, cancel] = derive();
    {
      using _cancel = cancel;
      expect(ctx.err).toBeUndefined();
    }
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(cause(ctx)).toBe(ctx.err);
  });

  it('ends the context when the block is left by a return', () => {
    const [ctx, cancel] = derive();
    const work = (): boolean => {
      using _cancel = cancel;
      return ctx.err === undefined;
    };
    expect(work()).toBe(true);
    expect(ctx.err).toBeInstanceOf(CanceledError);
  });

  it('ends the context when the block is left by a throw, which goes on', () => {
    const [ctx, cancel] = derive();
    const work = (): void => {
      using _cancel = cancel;
      throw new Error('left by a throw');
    };
    expect(work).toThrow('left by a throw');
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(cause(ctx)).toBe(ctx.err);
  });

  it('does nothing after a cancel by hand', () => {
    const [ctx, cancel] = derive();
    let err: unknown;
    {
      using _cancel = cancel;
      cancel();
      err = ctx.err;
    }
    expect(err).toBeInstanceOf(CanceledError);
    expect(ctx.err).toBe(err);
  });
});

describe('`using` with several cancel functions', () => {
  it('ends the contexts in the opposite order', () => {
    const log: string[] = [];
    {
      const [outer, cancelOuter] = withCancel(background());
      using _outer = cancelOuter;
      const [inner, cancelInner] = withCancel(background());
      using _inner = cancelInner;
      afterFunc(outer, () => log.push('outer'));
      afterFunc(inner, () => log.push('inner'));
    }
    expect(log).toEqual(['inner', 'outer']);
  });
});
