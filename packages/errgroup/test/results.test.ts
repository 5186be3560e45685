import { Group } from '@gosync/errgroup';
import { describe, expect, it, vi } from 'vitest';
import { Deferred, drain, type Outcome, watch } from '@gosync/testing/microtasks';

type Then = (resolve: (value?: unknown) => void, reject: (reason?: unknown) => void) => void;

/** `target`, with a `then` of its own. */
function withThen<T extends object>(target: T, descriptor: PropertyDescriptor): T {
  // oxlint-disable-next-line unicorn/no-thenable -- what the test is about
  return Object.defineProperty(target, 'then', descriptor);
}

function thenable(then: Then): object {
  return withThen({}, { value: then });
}

interface Report {
  /** What `wait` said while another task was still running: "pending" unless an end counted twice. */
  readonly before: Outcome['state'];
  readonly after: Outcome;
  /** Which of three more tasks then found room under the limit of two. */
  readonly room: readonly boolean[];
}

/** Runs a task that returns `result` beside another one. */
async function runBeside(result: unknown): Promise<Report> {
  const group = new Group();
  group.setLimit(2);
  const other = new Deferred();
  void group.go(() => other.promise);
  void group.go(() => result);
  const after = watch(group.wait());
  await drain();
  const before = after.state;
  other.resolve();
  await drain();
  const { promise } = new Deferred();
  const room = [1, 2, 3].map(() => group.tryGo(() => promise));
  return { before, after, room };
}

const ended = { before: 'pending', room: [true, true, false] };
const fine = { ...ended, after: { state: 'fulfilled', result: undefined } };
const failed = (result: unknown): object => ({ ...ended, after: { state: 'rejected', result } });

describe('a task of a group', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 1],
    ['a text', 'text'],
    ['a symbol', Symbol('result')],
    ['false', false],
    ['an Error', new Error('returned, not thrown')],
    ['an object', { value: 1 }],
    ['an object whose then is not a function', thenable(Object(1))],
    ['a function', () => expect.unreachable()],
    ['a promise for an Error', Promise.resolve(new Error('a value like any other'))],
  ])('has not failed when it returns %s', async (_name, result) => {
    expect(await runBeside(result)).toEqual(fine);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'text'],
    ['a symbol', Symbol('result')],
  ])('has ended by the time go returns when it returns %s', (_name, result) => {
    const group = new Group();
    group.setLimit(1);
    void group.go(() => result);
    expect(group.tryGo(() => undefined)).toBe(true);
  });

  it.each<[name: string, then: Then]>([
    ['resolves', (resolve) => resolve()],
    ['resolves later', (resolve) => void drain(5).then(resolve)],
    ['resolves twice', (resolve) => [resolve(1), resolve(2)]],
    ['resolves and then rejects', (resolve, reject) => [resolve(), reject('late')]],
    ['resolves now and again later', (resolve) => [resolve(), drain(5).then(resolve)]],
    ['resolves and then throws', (resolve) => {
      resolve();
      throw new Error('after');
    }], // prettier-ignore
    ['resolves with a promise', (resolve) => resolve(drain(3))],
    ['resolves with another thenable', (resolve) => resolve(thenable((next) => next()))],
  ])('ends once, and well, when it returns a thenable that %s', async (_name, then) => {
    expect(await runBeside(thenable(then))).toEqual(fine);
  });

  it.each<[name: string, then: Then]>([
    ['rejects', (_resolve, reject) => reject('reason')],
    ['rejects later', (_resolve, reject) => void drain(5).then(() => reject('reason'))],
    ['rejects twice', (_resolve, reject) => [reject('reason'), reject('again')]],
    ['rejects and then resolves', (resolve, reject) => [reject('reason'), resolve()]],
    ['rejects and then throws', (_resolve, reject) => {
      reject('reason');
      throw new Error('after');
    }], // prettier-ignore
    ['throws', () => { throw 'reason'; }], // prettier-ignore
    ['resolves with a promise that rejects', (resolve) => resolve(Promise.reject('reason'))], // oxlint-disable-line prefer-promise-reject-errors
  ])('fails once when it returns a thenable that %s', async (_name, then) => {
    expect(await runBeside(thenable(then))).toEqual(failed('reason'));
  });

  it('fails when the then of what it returns cannot be read', async () => {
    const result = withThen(
      {},
      {
        get() {
          throw 'reason';
        },
      },
    );
    expect(await runBeside(result)).toEqual(failed('reason'));
  });

  it('never ends when it returns a thenable that never settles', async () => {
    expect(await runBeside(thenable(() => undefined))).toEqual({
      before: 'pending',
      after: { state: 'pending', result: undefined },
      room: [true, false, false],
    });
  });

  it('is awaited when it returns a function that is a thenable', async () => {
    const f = withThen(() => expect.unreachable(), {
      value: (_resolve: unknown, reject: (reason: unknown) => void) => reject('reason'),
    });
    expect(await runBeside(f)).toEqual(failed('reason'));
  });

  it.each<[name: string, then: Then]>([
    ['calls back twice', (resolve) => [resolve(), resolve()]],
    ['never calls back', () => undefined],
    ['rejects', (_resolve, reject) => reject('tampered')],
    ['throws', () => { throw new Error('tampered'); }], // prettier-ignore
  ])(
    'ends as await sees it when it returns a native promise whose own then %s',
    async (_name, then) => {
      const end = new Deferred();
      const own = vi.fn<Then>(then);
      void withThen(end.promise, { value: own });
      const group = new Group();
      void group.go(() => end.promise);
      const outcome = watch(group.wait());
      await drain();
      expect(outcome.state).toBe('pending');
      end.resolve();
      await drain();
      expect(outcome.state).toBe('fulfilled');
      expect(own).not.toHaveBeenCalled();
    },
  );

  it('fails when it returns a native promise that rejects, whatever its own then does', async () => {
    const promise = Promise.reject('reason'); // oxlint-disable-line prefer-promise-reject-errors
    void withThen(promise, { value: (resolve: () => void) => resolve() });
    expect(await runBeside(promise)).toEqual(failed('reason'));
  });

  it('fails when the constructor of the promise it returns cannot be read', async () => {
    const promise = Object.defineProperty(Promise.resolve(), 'constructor', {
      get() {
        throw 'reason';
      },
    });
    expect(await runBeside(promise)).toEqual(failed('reason'));
  });

  it('ends with a promise of a subclass, through the then of that', async () => {
    class Twice<T> extends Promise<T> {
      // oxlint-disable-next-line unicorn/no-thenable -- a subclass may have its own
      override then<A = T, B = never>(
        onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
        onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
      ): Promise<A | B> {
        void super.then(onFulfilled, onRejected);
        return super.then(onFulfilled, onRejected);
      }
    }
    expect(await runBeside(new Twice<void>((resolve) => resolve()))).toEqual(fine);
    expect(await runBeside(new Twice<void>((_resolve, reject) => reject('reason')))).toEqual(
      failed('reason'),
    );
    class Plain<T> extends Promise<T> {}
    expect(await runBeside(Plain.resolve(1))).toEqual(fine);
  });
});
