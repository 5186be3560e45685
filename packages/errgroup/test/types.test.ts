import { background, type Context, type ContextLike } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expectTypeOf, it } from 'vitest';

describe('the types of @gosync/errgroup', () => {
  it('let a Group be made from nothing', () => {
    expectTypeOf(Group).constructorParameters.toEqualTypeOf<[]>();
  });

  it('give Group these members and no others', () => {
    expectTypeOf<keyof Group>().toEqualTypeOf<
      'go' | 'tryGo' | 'setLimit' | 'wait' | typeof Symbol.asyncDispose
    >();
    expectTypeOf<Group['go']>().toEqualTypeOf<
      (f: (ctx: Context) => unknown) => PromiseLike<void>
    >();
    expectTypeOf<Group['tryGo']>().toEqualTypeOf<(f: (ctx: Context) => unknown) => boolean>();
    expectTypeOf<Group['setLimit']>().toEqualTypeOf<(n: number) => void>();
    expectTypeOf<Group['wait']>().toEqualTypeOf<() => Promise<void>>();
    expectTypeOf<Group>().toExtend<AsyncDisposable>();
  });

  it('let a task return anything and ignore the context', () => {
    const group = new Group();
    expectTypeOf(group.go).toBeCallableWith(() => 1);
    expectTypeOf(group.go).toBeCallableWith(async (ctx) => {
      expectTypeOf(ctx).toEqualTypeOf<Context>();
    });
    expectTypeOf(group.go).toBeCallableWith((ctx: ContextLike) => ctx.constructor);
    // @ts-expect-error -- a promise is not a task
    void (() => group.go(Promise.resolve()));
    // @ts-expect-error -- a task gets the context and nothing else
    void (() => group.go((_ctx: Context, _n: number) => undefined));
  });

  it('let withContext derive from anything with a signal', () => {
    expectTypeOf(withContext).parameters.toEqualTypeOf<[parent: ContextLike]>();
    expectTypeOf(withContext(background())).toEqualTypeOf<readonly [Group, Context]>();
    expectTypeOf(withContext).toBeCallableWith(new AbortController().signal);
    expectTypeOf(withContext).toBeCallableWith(new AbortController());
    // @ts-expect-error -- the parent cannot be left out
    void (() => withContext());
  });
});
