import {
  background,
  cause,
  type Context,
  type ContextLike,
  from,
  withCancel,
  withCancelCause,
  withDeadline,
  withoutCancel,
  withTimeout,
  withTimeoutCause,
  withValue,
} from '@gosync/context';
import { vi } from 'vitest';
import { type Ending, ending, type Track } from './ending.ts';

/** Parents that live as long as a server. */
const parents: readonly (readonly [name: string, make: () => { readonly parent: ContextLike }])[] =
  [
    ['a context', () => ({ parent: withCancel(background())[0] })],
    ['a foreign signal', () => ({ parent: new AbortController().signal })],
    [
      'a foreign signal that others hang on too',
      () => {
        const parent = new AbortController().signal;
        // A deadline that never comes: no listener stays for it.
        return { parent, sibling: withValue(parent, 'key', 'value') };
      },
    ],
    ['a value below a context', () => ({ parent: withValue(withCancel(background())[0], 'k', 1) })],
    ['a deadline', () => ({ parent: withTimeout(background(), 3_600_000)[0] })],
  ];

/** A child, looked at from all sides, so that everything that is made on demand has been made. */
function look(track: Track, child: Context): void {
  track('child', child);
  track('signal', child.signal);
  track('listener', onAbort(child));
  if (from(child.signal) !== child) throw new Error('the signal leads elsewhere');
}

function onAbort(child: Context): () => void {
  const listener = (): void => void child.err;
  child.signal.addEventListener('abort', listener);
  return listener;
}

const underParents = parents.flatMap(([name, make]): Ending[] => [
  ending(`a child of ${name}, canceled`, make, ({ parent }, track) => {
    const [child, cancel] = withCancel(parent);
    track('child', child);
    track('cancel', cancel)();
  }),
  ending(`a child of ${name} with a signal and a listener, canceled`, make, (live, track) => {
    const [child, cancel] = withCancel(live.parent);
    look(track, child);
    cancel();
    track('error', child.err ?? {});
  }),
  ending(`a child of ${name}, canceled with a cause`, make, ({ parent }, track) => {
    const [child, cancel] = withCancelCause(parent);
    track('child', child);
    cancel(track('cause', new Error('cause')));
    track('error', child.err ?? {});
  }),
  ending(`a child of ${name}, disposed of`, make, ({ parent }, track) => {
    const [child, cancel] = withCancel(parent);
    look(track, child);
    cancel[Symbol.dispose]();
  }),
  ending(`a subtree below ${name}, canceled at its root`, make, ({ parent }, track) => {
    const [root, cancel] = withCancel(parent);
    for (const below of [root, withValue(root, 'key', track('value', {})), root.signal]) {
      look(track, withCancel(below)[0]);
      look(track, withTimeout(below, 1000)[0]);
    }
    cancel();
  }),
  ending(`a deadline below ${name}, canceled before its time`, make, ({ parent }, track) => {
    const [child, cancel] = withTimeoutCause(parent, 1000, track('cause', {}));
    look(track, child);
    cancel();
  }),
  ending(`a deadline below ${name} that has passed`, make, ({ parent }, track) => {
    const [child] = withTimeoutCause(parent, 5, track('cause', {}));
    look(track, child);
    vi.advanceTimersByTime(5);
    if (!child.signal.aborted) throw new Error('the deadline has not passed');
  }),
  ending(`a deadline below ${name} that was past at birth`, make, ({ parent }, track) => {
    look(track, withDeadline(parent, 0)[0]);
  }),
  ending(`a value below ${name}, dropped`, make, ({ parent }, track) => {
    const key = track('key', {});
    const child = track('child', withValue(parent, key, track('value', {})));
    if (child.value(key) === undefined) throw new Error('no value');
  }),
  ending(`what ${name} cannot end, dropped with its children`, make, ({ parent }, track) => {
    const detached = track('detached', withoutCancel(parent));
    look(track, withCancel(detached)[0]);
  }),
]);

export const contextEndings: readonly Ending[] = [
  ...underParents,
  ending(
    'a child of background(), dropped without a cancel',
    () => ({ root: background() }),
    ({ root }, track) => look(track, withCancel(root)[0]),
  ),
  ending(
    'a child of a context that is done',
    () => ({ parent: from(AbortSignal.abort('done')) }),
    ({ parent }, track) => {
      look(track, withCancel(parent)[0]);
      look(track, withTimeout(parent, 1000)[0]);
    },
  ),
  ending(
    'a foreign signal that was aborted, with all that hung on it',
    () => ({ root: background() }),
    (_live, track) => {
      const controller = new AbortController();
      track('foreign', controller.signal);
      track('bridge', from(controller.signal));
      look(track, withCancel(controller)[0]);
      controller.abort(track('reason', {}));
    },
  ),
  ending(
    'a foreign signal that was dropped, and what hung on it canceled',
    () => ({ root: background() }),
    (_live, track) => {
      const { signal } = new AbortController();
      track('foreign', signal);
      track('bridge', from(signal));
      const [child, cancel] = withCancel(signal);
      look(track, child);
      cancel();
    },
  ),
  ending(
    'a Context of another make, with its children canceled',
    () => {
      const { signal } = new AbortController();
      // The bridge keeps the first Context that comes with a signal; here one that lives as long.
      const first = foreignContext(signal);
      withCancel(first)[1]();
      return { signal, first };
    },
    ({ signal }, track) => {
      const foreign = track('foreign', foreignContext(signal));
      const [child, cancel] = withCancel(withValue(foreign, 'key', track('value', {})));
      look(track, child);
      cancel();
      if (cause(child) === undefined) throw new Error('not canceled');
    },
  ),
];

function foreignContext(signal: AbortSignal): Context {
  return {
    signal,
    deadline: undefined,
    err: undefined,
    value: () => undefined,
    toString: () => 'foreign',
  };
}
