import { afterEach, describe, expect, it, vi } from 'vitest';
import { CanceledError, afterFunc, background, cause, withCancel } from '@gosync/context';
import { fail, polyfill } from './polyfill.ts';
import { ForeignContext } from './foreign-context.ts';

/** What was reported as uncaught: the platform's own way out is not to be had in a test. */
const uncaught: unknown[] = [];
vi.mock('../src/microtask.ts', async (load) => ({
  ...(await load<object>()),
  reportUncaught: (error: unknown) => uncaught.push(error),
}));

afterEach(() => {
  uncaught.length = 0;
  vi.restoreAllMocks();
});

describe('a bad member', () => {
  it('that is frozen, a context or a signal, keeps no other from being called', () => {
    const [parent, cancel] = withCancel(background());
    const calls: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const [child] = withCancel(parent);
      child.signal.addEventListener('abort', () => calls.push(`listener ${name}`));
      afterFunc(child, () => calls.push(name));
      if (name === 'b') Object.freeze(Object.freeze(child).signal);
    }
    cancel();
    expect(calls.filter((name) => name !== 'listener b')).toEqual([
      'a',
      'listener a',
      'b',
      'c',
      'listener c',
    ]);
  });

  it('that cannot be aborted is reported, and keeps no other from being called', () => {
    const [parent, cancel] = withCancel(background());
    const [first] = withCancel(parent);
    const [second] = withCancel(parent);
    const { abort } = AbortController.prototype;
    const calls: string[] = [];
    for (const [name, { signal }] of Object.entries({ first, second }))
      signal.addEventListener('abort', () => calls.push(name));
    vi.spyOn(AbortController.prototype, 'abort').mockImplementation(function mock(
      this: AbortController,
      reason: unknown,
    ) {
      if (this.signal === first.signal) throw new Error('cannot be aborted');
      abort.call(this, reason);
    });
    cancel();
    expect(calls).toEqual(['second']);
    expect(String(uncaught)).toBe('Error: cannot be aborted');
  });

  it('among the signals whose methods and properties throw is reported once', () => {
    const signal = polyfill({ removeEventListener: fail('remove') });
    const [, cancel] = withCancel(signal);
    cancel();
    const broken = polyfill();
    const [child] = withCancel(broken);
    Object.defineProperty(broken, 'aborted', { get: fail('aborted') });
    expect([child.err, child.err, cause(child)]).toEqual([undefined, undefined, undefined]);
    expect(uncaught.map(String)).toEqual(['Error: remove', 'Error: aborted']);
  });
});

describe('a foreign context', () => {
  it('whose error throws when it is asked is reported, and has that of its signal', () => {
    const parent = new ForeignContext();
    const [child] = withCancel(parent);
    Object.defineProperty(parent, 'err', { get: fail('no error') });
    parent.abort('over');
    expect(child.err).toBeInstanceOf(CanceledError);
    expect(child.err).toBe(child.err);
    expect(uncaught.map(String)).toEqual(['Error: no error']);
  });
});

describe('cancel()', () => {
  it('at the very end of the stack ends all or nothing', () => {
    const [parent, cancel] = withCancel(background());
    const calls: number[] = [];
    const children = Array.from({ length: 50 }, (_, i) => {
      const [child] = withCancel(parent);
      afterFunc(child, () => calls.push(i));
      return child;
    });
    const dive = (): void => {
      try {
        dive();
      } catch {
        try {
          cancel();
        } catch {
          // The end of the stack: what matters is what is left.
        }
        const dead = children.filter(({ err }) => err !== undefined).length;
        if (dead !== (parent.err ? children.length : 0)) throw new TypeError(`${dead} are dead`);
      }
    };
    dive();
    cancel();
    // A callback may need more of the stack than there is: then that is reported.
    expect(calls.length + uncaught.length).toBe(children.length);
    expect(parent.err).toBeInstanceOf(CanceledError);
  });
});
