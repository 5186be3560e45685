import { afterFunc, cause, type Context } from '@gosync/context';
import { Window } from 'happy-dom';
import { act, createElement, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sharedHook } from '../../examples/frameworks/react.ts';

const window = new Window();
let root: Root;
let element: Element;

beforeEach(() => {
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', window.document);
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  element = document.createElement('div');
  root = createRoot(element);
});
afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
});

/** Loads that wait for the test. */
function loads() {
  const begun: { key: string; ctx: Context; answer: (value: string) => void }[] = [];
  const load = (ctx: Context, key: string): Promise<string> =>
    new Promise((resolve, reject) => {
      begun.push({ key, ctx, answer: resolve });
      afterFunc(ctx, () => reject(cause(ctx)));
    });
  return { begun, useUser: sharedHook(load) };
}

describe('sharedHook()', () => {
  it('shares one load, and cancels it when the last component has been unmounted', async () => {
    const { begun, useUser } = loads();
    const User = ({ id }: { id: string }): ReactNode => useUser(id).value ?? 'loads';
    const show = (...ids: number[]): Promise<void> =>
      act(async () => root.render(ids.map((i) => createElement(User, { key: i, id: 'ada' }))));
    await show(1, 2);
    expect(begun).toHaveLength(1);
    expect(element.textContent).toBe('loadsloads');
    await show(1);
    expect(begun[0]?.ctx.err).toBeUndefined();
    await show();
    expect(begun[0]?.ctx.err?.message).toBe('context canceled');

    await show(3);
    expect(begun).toHaveLength(2);
    await act(async () => begun[1]?.answer('Ada'));
    expect(element.textContent).toBe('Ada');
  });

  it('shows an error, and loads anew for another key', async () => {
    const { begun, useUser } = loads();
    const User = ({ id }: { id: string }): ReactNode => {
      const { value, error } = useUser(id);
      return error instanceof Error ? error.message : (value ?? 'loads');
    };
    await act(async () => root.render(createElement(User, { id: 'ada' })));
    await act(async () => root.render(createElement(User, { id: 'bob' })));
    expect(begun.map(({ key, ctx }) => [key, ctx.err === undefined])).toEqual([
      ['ada', false],
      ['bob', true],
    ]);
    await act(async () => begun[1]?.answer('Bob'));
    expect(element.textContent).toBe('Bob');
  });
});
