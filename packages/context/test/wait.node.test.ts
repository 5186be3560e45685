import { describe, expect, it } from 'vitest';
import { wait, withCancelCause, background } from '@gosync/context';

describe('wait()', () => {
  it('leaves a rejection that comes too late unhandled by nobody', async () => {
    const unhandled: unknown[] = [];
    const record = (reason: unknown): unknown => unhandled.push(reason);
    process.on('unhandledRejection', record);
    const [ctx, cancel] = withCancelCause(background());
    const fails: ((reason: unknown) => void)[] = [];
    const late = wait(ctx, new Promise((_resolve, reject) => void fails.push(reject)));
    cancel('over');
    await expect(late).rejects.toBe('over');
    fails[0]?.('too late');
    await expect(wait(ctx, Promise.reject(new Error('too late')))).rejects.toBe('over');
    await new Promise(setImmediate);
    process.off('unhandledRejection', record);
    expect(unhandled).toEqual([]);
  });
});
