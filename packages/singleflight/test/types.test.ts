import type { Context, ContextLike } from '@gosync/context';
import { Group, type Result } from '@gosync/singleflight';
import { describe, expect, expectTypeOf, it } from 'vitest';

type Outcome<V> = Promise<readonly [value: V, shared: boolean]>;

describe('Group<V, K>', () => {
  it('types values and keys of all methods', () => {
    type G = Group<Date, number>;
    type F = () => Date | PromiseLike<Date>;
    expectTypeOf<G['do']>().toEqualTypeOf<(key: number, f: F) => Outcome<Date>>();
    expectTypeOf<G['doChan']>().toEqualTypeOf<(key: number, f: F) => Promise<Result<Date>>>();
    expectTypeOf<G['doContext']>().toEqualTypeOf<
      (
        ctx: ContextLike,
        key: number,
        f: (ctx: Context) => Date | PromiseLike<Date>,
      ) => Outcome<Date>
    >();
    expectTypeOf<G['forget']>().toEqualTypeOf<(key: number) => void>();
  });

  it('has string keys and unknown values unless told otherwise', () => {
    expectTypeOf<Parameters<Group['do']>[0]>().toEqualTypeOf<string>();
    expectTypeOf<ReturnType<Group['do']>>().toEqualTypeOf<Outcome<unknown>>();
    expectTypeOf<Parameters<Group<Date>['do']>[0]>().toEqualTypeOf<string>();
  });

  it('rejects keys and functions of other types', () => {
    const group = new Group<number>();
    type Key = Parameters<typeof group.do>[0];
    type F = Parameters<typeof group.do>[1];
    expectTypeOf<1>().not.toExtend<Key>();
    expectTypeOf<() => string>().not.toExtend<F>();
    expectTypeOf<() => Promise<string>>().not.toExtend<F>();
    expectTypeOf<(given: Context) => number>().not.toExtend<F>();
    expectTypeOf<() => number>().toExtend<F>();
  });

  it('takes every kind of context', () => {
    type Ctx = Parameters<Group['doContext']>[0];
    expectTypeOf<Context>().toExtend<Ctx>();
    expectTypeOf<AbortSignal>().toExtend<Ctx>();
    expectTypeOf<Request>().toExtend<Ctx>();
    expectTypeOf<undefined>().not.toExtend<Ctx>();
  });
});

describe('Result<V>', () => {
  it('is told apart by `ok`', async () => {
    const result = await new Group<number>().doChan('key', () => 42);
    expectTypeOf(result).toEqualTypeOf<Result<number>>();
    const text = result.ok
      ? `${expectNumber(result.val)} ${String(result.err satisfies undefined)}`
      : String(result.val satisfies undefined);
    expect(text).toBe('42 undefined');
    expectTypeOf<Extract<Result<number>, { ok: false }>['err']>().toBeUnknown();
  });

  it('is read-only', () => {
    expectTypeOf<Result<number>>().toEqualTypeOf<Readonly<Result<number>>>();
    expectTypeOf<Awaited<ReturnType<Group<number>['do']>>>().toEqualTypeOf<
      readonly [value: number, shared: boolean]
    >();
  });
});

function expectNumber(n: number): number {
  return n;
}
