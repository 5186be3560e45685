import { background, type Context, type ContextLike } from '@gosync/context';
import { Keyed, type Permit, Weighted } from '@gosync/semaphore';
import { describe, expectTypeOf, it } from 'vitest';

const ctx: ContextLike = background();
const either = (): 'text' | Promise<number> => 'text';

describe('the types of @gosync/semaphore', () => {
  it('let Weighted be made from a size alone', () => {
    expectTypeOf(Weighted).constructorParameters.toEqualTypeOf<[size: number]>();
    expectTypeOf(new Weighted(1)).toEqualTypeOf<Weighted>();
  });

  it('give Weighted these members and no others', () => {
    expectTypeOf<keyof Weighted>().toEqualTypeOf<
      | 'acquire'
      | 'tryAcquire'
      | 'release'
      | 'resize'
      | 'permit'
      | 'tryPermit'
      | 'run'
      | 'size'
      | 'available'
      | 'waiting'
    >();
    expectTypeOf<Pick<Weighted, 'size' | 'available' | 'waiting'>>().toEqualTypeOf<{
      readonly size: number;
      readonly available: number;
      readonly waiting: number;
    }>();
  });

  it('let acquire take a context, a weight, both or neither', () => {
    const sem = new Weighted(10);
    expectTypeOf(sem.acquire()).toEqualTypeOf<Promise<void>>();
    expectTypeOf(sem.acquire).toBeCallableWith(2);
    expectTypeOf(sem.acquire).toBeCallableWith(background());
    expectTypeOf(sem.acquire).toBeCallableWith(new AbortController().signal, 2);
    expectTypeOf(sem.acquire).toBeCallableWith({ signal: new AbortController().signal });
    // @ts-expect-error -- two weights
    void (() => sem.acquire(1, 2));
    // @ts-expect-error -- a text is neither
    void (() => sem.acquire('1'));
    // @ts-expect-error -- null is not a context
    void (() => sem.acquire(null));
  });

  it('let tryAcquire, tryPermit and release take a weight alone', () => {
    expectTypeOf<Weighted['tryAcquire']>().toEqualTypeOf<(n?: number) => boolean>();
    expectTypeOf<Weighted['tryPermit']>().toEqualTypeOf<(n?: number) => Permit | undefined>();
    expectTypeOf<Weighted['release']>().toEqualTypeOf<(n?: number) => void>();
  });

  it('let permit be called as acquire is', () => {
    const sem = new Weighted(10);
    expectTypeOf(sem.permit()).toEqualTypeOf<Promise<Permit>>();
    expectTypeOf(sem.permit).toBeCallableWith(2);
    expectTypeOf(sem.permit).toBeCallableWith(ctx);
    expectTypeOf(sem.permit).toBeCallableWith(ctx, 2);
  });

  it('make a Permit disposable and read-only', () => {
    expectTypeOf<Permit>().toEqualTypeOf<{
      readonly n: number;
      release(): void;
      [Symbol.dispose](): void;
    }>();
    expectTypeOf<Permit>().toExtend<Disposable>();
  });

  it('give the result of run the type that its function has, awaited', () => {
    const sem = new Weighted(10);
    expectTypeOf(sem.run(() => 1)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(sem.run(ctx, async () => 'text')).toEqualTypeOf<Promise<string>>();
    expectTypeOf(sem.run(background(), 2, () => undefined)).toEqualTypeOf<Promise<undefined>>();
    expectTypeOf(sem.run(async (): Promise<Context> => background())).resolves.toExtend<Context>();
    expectTypeOf(sem.run(ctx, (): number | Promise<number> => 1)).resolves.toEqualTypeOf<number>();
    expectTypeOf(sem.run(2, () => 1)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(sem.run<number>(async () => 1)).toEqualTypeOf<Promise<number>>();
    // @ts-expect-error -- the weight comes behind the context
    void (() => sem.run(2, ctx, () => 1));
    // @ts-expect-error -- its function takes nothing
    void (() => sem.run((permit: Permit) => permit));
  });

  it('give the result of run the type of a value and of a promise, when its function returns either', () => {
    const sem = new Weighted(10);
    expectTypeOf(sem.run(either)).toEqualTypeOf<Promise<'text' | number>>();
    expectTypeOf(sem.run(ctx, either)).toEqualTypeOf<Promise<'text' | number>>();
    expectTypeOf(sem.run(undefined, 2, either)).toEqualTypeOf<Promise<'text' | number>>();
    expectTypeOf(sem.run(() => (sem.size > 1 ? 'a' : Promise.resolve(1)))).toEqualTypeOf<
      Promise<'a' | number>
    >();
  });

  it('let run be wrapped by a function with a type parameter', () => {
    const sem = new Weighted(10);
    const limited = <T>(f: () => T | PromiseLike<T>): Promise<T> => sem.run(f);
    const perKey = new Keyed(1);
    const keyed = <T>(f: () => T | PromiseLike<T>): Promise<T> => perKey.run(undefined, 'key', f);
    expectTypeOf(limited(() => 1)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(keyed(async () => 'text')).toEqualTypeOf<Promise<string>>();
  });

  it('let resize take a size', () => {
    expectTypeOf<Weighted['resize']>().toEqualTypeOf<(size: number) => void>();
  });

  it('let Keyed be made from a size, for keys of any type, texts when none is named', () => {
    expectTypeOf(Keyed).constructorParameters.toEqualTypeOf<[size: number]>();
    expectTypeOf(new Keyed(1)).toEqualTypeOf<Keyed>();
    expectTypeOf<Keyed['permit']>().parameter(1).toBeString();
    expectTypeOf(new Keyed<URL>(1)).toEqualTypeOf<Keyed<URL>>();
    expectTypeOf<keyof Keyed>().toEqualTypeOf<
      'permit' | 'tryPermit' | 'run' | 'waiting' | 'available' | 'size' | 'keys'
    >();
    expectTypeOf<Pick<Keyed, 'size' | 'keys'>>().toEqualTypeOf<{
      readonly size: number;
      readonly keys: number;
    }>();
  });

  it('let the members of Keyed take a key behind the context', () => {
    const keyed = new Keyed<number>(10);
    expectTypeOf(keyed.permit(ctx, 1)).toEqualTypeOf<Promise<Permit>>();
    expectTypeOf(keyed.permit(undefined, 1, 2)).toEqualTypeOf<Promise<Permit>>();
    expectTypeOf<Keyed['tryPermit']>().toEqualTypeOf<
      (key: string, n?: number) => Permit | undefined
    >();
    expectTypeOf<Keyed['waiting']>().toEqualTypeOf<(key: string) => number>();
    expectTypeOf<Keyed['available']>().toEqualTypeOf<(key: string) => number>();
    expectTypeOf(keyed.run(ctx, 1, () => 'text')).toEqualTypeOf<Promise<string>>();
    expectTypeOf(keyed.run(undefined, 1, 2, async () => 'text')).toEqualTypeOf<Promise<string>>();
    expectTypeOf(
      keyed.run(ctx, 1, () => (keyed.size > 1 ? 'a' : Promise.resolve(1))),
    ).toEqualTypeOf<Promise<'a' | number>>();
    // @ts-expect-error -- the context comes first
    void (() => keyed.permit(1));
    // @ts-expect-error -- a text is not one of its keys
    void (() => keyed.tryPermit('1'));
  });
});
