import type { Primitive } from './vectors.ts';

interface Difference {
  /** What is done here, and what Go does. */
  readonly summary: string;
  /** The primitives whose vectors have to show it. None: then `unrecorded` says why. */
  readonly shownBy: readonly Primitive[];
  readonly unrecorded?: string;
}

/**
 * Every deliberate difference from Go, by the name of its decision record. The replay accepts these and
 * nothing else, and counts how often it meets each.
 */
export const differences = {
  '0001-reject-with-cause': {
    summary: 'a wait rejects with the cause of its context; Go returns ctx.Err()',
    shownBy: ['semaphore'],
  },
  '0002-fail-instead-of-hanging': {
    summary: 'a call that could never return fails; in Go it hangs',
    shownBy: ['semaphore', 'errgroup'],
  },
  '0003-set-limit-throws-while-active': {
    summary: 'setLimit throws whenever tasks are active; Go lets some calls corrupt the group',
    shownBy: ['errgroup'],
  },
  '0004-failed-release-changes-nothing': {
    summary:
      "a release of too much leaves the semaphore as it was; Go's is corrupt after the panic",
    shownBy: ['semaphore'],
  },
  '0005-range-ends': {
    summary: 'range ends although its callback keeps adding keys; in Go it need not',
    shownBy: [],
    unrecorded: 'what never ends cannot be recorded',
  },
  '0006-no-goexit-no-panics': {
    summary: 'a throw is an error; Go tells errors, panics and runtime.Goexit apart',
    shownBy: [],
    unrecorded: 'a panic in a goroutine ends the process that records',
  },
  '0025-zero-weight-is-let-in': {
    summary:
      'a request for nothing is let in when all before it have left, though all units are held; in Go it waits for the next release',
    shownBy: ['semaphore'],
  },
} as const satisfies Record<string, Difference>;

export type DifferenceName = keyof typeof differences;
