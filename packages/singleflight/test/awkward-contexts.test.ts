import { cause, type Context } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { describe, expect, it, vi } from 'vitest';
import { drain } from '@gosync/testing/microtasks';

describe('Group.doContext() under awkward contexts', () => {
  it('lets a caller go whose signal cannot be listened to, and cancels f when it was the last', async () => {
    const group = new Group<string>();
    const { signal } = new AbortController();
    vi.spyOn(signal, 'addEventListener').mockImplementation(() => {
      throw new Error('deaf');
    });
    let inner: Context | undefined;
    const call = group.doContext(signal, 'key', (ctx) => {
      inner = ctx;
      return new Promise<string>(() => {});
    });
    await expect(call).rejects.toThrow('deaf');
    expect(inner && cause(inner)).toEqual(new Error('deaf'));
    await expect(group.do('key', () => 'new')).resolves.toEqual(['new', false]);
  });

  it('watches the signal that it was given, whatever becomes of the object that had it', async () => {
    const group = new Group<string>();
    const controller = new AbortController();
    const options: { signal: AbortSignal } = { signal: controller.signal };
    const call = group.doContext(options, 'key', () => new Promise<string>(() => {}));
    Reflect.deleteProperty(options, 'signal');
    controller.abort('left');
    await expect(call).rejects.toBe('left');
  });

  it('calls nothing in a listener of a foreign signal that has just been aborted', async () => {
    const group = new Group<string>();
    const controller = new AbortController();
    const f = vi.fn<() => string>(() => 'value');
    let call: Promise<unknown> | undefined;
    controller.signal.addEventListener('abort', () => {
      call = group.doContext(controller.signal, 'key', f);
    });
    controller.abort('gone');
    await expect(call).rejects.toBe('gone');
    await drain();
    expect(f).not.toHaveBeenCalled();
  });
});
