import { describe, expect, it } from 'vitest';
import {
  type Context,
  afterFunc,
  background,
  from,
  todo,
  withCancel,
  withTimeout,
  withValue,
  withoutCancel,
} from '@gosync/context';
import { taskContexts } from '@gosync/context/internal';

const kinds: readonly (readonly [string, (parent: Context) => Context])[] = [
  ['background()', background],
  ['todo()', todo],
  ['withCancel()', (parent) => withCancel(parent)[0]],
  ['withTimeout()', (parent) => withTimeout(parent, 3_600_000)[0]],
  ['withValue()', (parent) => withValue(parent, 'key', 'secret')],
  ['withoutCancel()', withoutCancel],
  ['from(signal)', () => from(new AbortController().signal)],
  ['taskContexts()', (parent) => taskContexts(parent).begin()],
];

/** Everything that can be reached from `object` by a property, its own or inherited, but for what every object has. */
function members(object: object): PropertyKey[] {
  const found: PropertyKey[] = [];
  for (let each = object; each !== Object.prototype; each = Object.getPrototypeOf(each))
    found.push(...Reflect.ownKeys(each));
  return found;
}

describe.each(kinds)('a context by %s', (_, make) => {
  it('shows what the contract names, and nothing else', () => {
    const [parent] = withCancel(background());
    expect(members(make(parent)).map(String).sort()).toEqual([
      'Symbol(Symbol.toStringTag)',
      'Symbol(nodejs.util.inspect.custom)',
      'deadline',
      'err',
      'signal',
      'toJSON',
      'toString',
      'value',
    ]);
  });

  it('lists nothing, and has the constructor of every object', () => {
    const ctx = make(background());
    const listed: string[] = [];
    for (const key in ctx) listed.push(key);
    expect(listed).toEqual([]);
    expect(Reflect.ownKeys(ctx)).toEqual([]);
    expect(ctx.constructor).toBe(Object);
    expect(Object.prototype.toString.call(ctx)).toBe('[object Context]');
  });

  it('has accessors that throw on anything else', () => {
    const prototype: object = Object.getPrototypeOf(make(background()));
    for (const key of ['signal', 'deadline', 'err'])
      expect(() => Reflect.get(prototype, key, {})).toThrow(TypeError);
  });

  it('is none the worse for being frozen, with all that can be reached from it', () => {
    const [parent, cancel] = withCancel(background());
    const ctx = make(parent);
    for (const each of [ctx, Object.getPrototypeOf(ctx), parent, cancel]) Object.freeze(each);
    const calls: string[] = [];
    const [child, cancelChild] = withCancel(ctx);
    Object.freeze(child);
    const stop = afterFunc(child, () => calls.push('stopped'));
    afterFunc(child, () => calls.push('called'));
    expect(stop()).toBe(true);
    cancelChild();
    expect(calls).toEqual(['called']);
    cancel();
    expect(parent.err).toBeDefined();
  });
});
