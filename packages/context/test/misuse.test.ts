import { describe, expect, it } from 'vitest';
import {
  afterFunc,
  background,
  createKey,
  from,
  withDeadline,
  withDeadlineCause,
  withTimeout,
  withTimeoutCause,
  withValue,
} from '@gosync/context';

/** What a caller without types can hand in. */
function untyped(f: (...args: never[]) => unknown, ...args: unknown[]): () => unknown {
  return () => Reflect.apply(f, undefined, args);
}

const source = 'not a Context, an AbortSignal or an object with a signal';

/** An object that throws whatever is done with it. */
function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe('what a misuse is told', () => {
  it.each([
    [untyped(from, null), 'TypeError: context: cannot create context from nil parent: null'],
    [
      untyped(from, undefined),
      'TypeError: context: cannot create context from nil parent: undefined',
    ],
    [untyped(from, 'signal'), `TypeError: context: ${source}: "signal"`],
    [untyped(from, 7n), `TypeError: context: ${source}: 7`],
    [untyped(from, Symbol('s')), `TypeError: context: ${source}: Symbol(s)`],
    [untyped(from, { signal: null }), `TypeError: context: ${source}: [object Object]`],
    [untyped(withDeadline, background(), '5'), 'TypeError: context: deadline is not a number: "5"'],
    [
      untyped(withDeadline, background(), null),
      'TypeError: context: deadline is not a number: null',
    ],
    [untyped(withDeadline, background(), NaN), 'RangeError: context: deadline is not a time: NaN'],
    [
      untyped(withDeadlineCause, background(), []),
      'TypeError: context: deadline is not a number: [object Array]',
    ],
    [untyped(withTimeout, background(), '5'), 'TypeError: context: timeout is not a number: "5"'],
    [
      untyped(withTimeout, background(), revoked()),
      'TypeError: context: timeout is not a number: [object Unreadable]',
    ],
    [
      untyped(withTimeoutCause, background(), NaN),
      'RangeError: context: timeout is not a time: NaN',
    ],
    [untyped(afterFunc, background(), 'f'), 'TypeError: context: callback is not a function: "f"'],
    [untyped(withValue, background(), null), 'TypeError: context: nil key: null'],
    [untyped(createKey, 5), 'TypeError: context: description of a key is not a string: 5'],
  ])('is the package, what is wrong, and the value (%#)', (call, message) => {
    let thrown: unknown;
    try {
      call();
    } catch (error) {
      thrown = error;
    }
    expect(String(thrown)).toBe(message);
  });
});
