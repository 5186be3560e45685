/** What the packages are compared with. */
export const columns = {
  gosync: 'gosync',
  effect: 'Effect',
  'p-map': 'p-map',
  'p-queue': 'p-queue',
  'async-mutex': 'async-mutex',
  any: 'AbortSignal.any',
} as const;

export type Column = keyof typeof columns;

/** `none`: it has nothing of the kind. */
export type Cell = 'yes' | 'no' | 'none';

export interface Row {
  readonly text: string;
  readonly cells: Readonly<Record<Column, Cell>>;
}

/** Every cell but `none` is what its test found: docs/test/home/compare.test.ts. */
export const rows = {
  told: {
    text: 'When one task fails, the others are canceled',
    cells: {
      gosync: 'yes',
      effect: 'yes',
      'p-map': 'no',
      'p-queue': 'no',
      'async-mutex': 'none',
      any: 'none',
    },
  },
  waits: {
    text: 'When the call rejects, no promise that it started is still pending',
    cells: {
      gosync: 'yes',
      effect: 'no',
      'p-map': 'no',
      'p-queue': 'no',
      'async-mutex': 'none',
      any: 'none',
    },
  },
  reason: {
    text: 'A canceled wait rejects with the reason given to abort()',
    cells: {
      gosync: 'yes',
      effect: 'no',
      'p-map': 'yes',
      'p-queue': 'yes',
      'async-mutex': 'none',
      any: 'yes',
    },
  },
  leave: {
    text: 'A waiter can leave the queue',
    cells: {
      gosync: 'yes',
      effect: 'yes',
      'p-map': 'none',
      'p-queue': 'yes',
      'async-mutex': 'no',
      any: 'none',
    },
  },
  large: {
    text: 'Small requests cannot overtake a large one',
    cells: {
      gosync: 'yes',
      effect: 'no',
      'p-map': 'none',
      'p-queue': 'none',
      'async-mutex': 'yes',
      any: 'none',
    },
  },
  excess: {
    text: 'Releasing too often is an error',
    cells: {
      gosync: 'yes',
      effect: 'no',
      'p-map': 'none',
      'p-queue': 'none',
      'async-mutex': 'no',
      any: 'none',
    },
  },
  shared: {
    text: 'Callers share one call; it is canceled when the last has left',
    cells: {
      gosync: 'yes',
      effect: 'none',
      'p-map': 'none',
      'p-queue': 'none',
      'async-mutex': 'none',
      any: 'none',
    },
  },
  priority: {
    text: 'Waiters have priorities',
    cells: {
      gosync: 'none',
      effect: 'none',
      'p-map': 'none',
      'p-queue': 'yes',
      'async-mutex': 'yes',
      any: 'none',
    },
  },
} as const satisfies Record<string, Row>;

export type RowName = keyof typeof rows;
