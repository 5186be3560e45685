import { describe, expect, it } from 'vitest';
import { background, cause, withCancel, withCancelCause, withTimeout } from '@gosync/context';

const page = 'data:text/plain,hello';

describe('fetch(url, ctx)', () => {
  it('answers under a live context', async () => {
    const [ctx, cancel] = withTimeout(background(), 3_600_000);
    const response = await fetch(page, ctx);
    expect(await response.text()).toBe('hello');
    cancel();
  });

  it('answers under one that can never end', async () => {
    expect(await (await fetch(page, background())).text()).toBe('hello');
  });

  it('rejects with the cause when the context is done', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const reason = new Error('no longer wanted');
    cancel(reason);
    await expect(fetch(page, ctx)).rejects.toBe(reason);
  });

  it('rejects with the context’s error when there is no cause', async () => {
    const [ctx] = withTimeout(background(), 0);
    await expect(fetch(page, ctx)).rejects.toBe(ctx.err);
  });

  it('rejects when the context is canceled meanwhile', async () => {
    const [parent, cancel] = withCancel(background());
    const [ctx] = withCancel(parent);
    const response = fetch(page, ctx);
    cancel();
    await expect(response).rejects.toBe(cause(ctx));
  });
});

describe('EventTarget.addEventListener(…, ctx)', () => {
  it('removes the listener when the context is done', () => {
    const [ctx, cancel] = withCancel(background());
    const target = new EventTarget();
    let calls = 0;
    target.addEventListener('tick', () => calls++, ctx);
    target.dispatchEvent(new Event('tick'));
    cancel();
    target.dispatchEvent(new Event('tick'));
    expect(calls).toBe(1);
  });
});

describe('ReadableStream.pipeTo(…, ctx)', () => {
  it('rejects with the cause when the context is canceled, and cancels the source with it', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const reasons: unknown[] = [];
    const source = new ReadableStream({ cancel: (reason) => void reasons.push(reason) });
    const piped = source.pipeTo(new WritableStream(), ctx);
    cancel('enough');
    await expect(piped).rejects.toBe('enough');
    expect(reasons).toEqual(['enough']);
  });
});
