/** What is here for an exported name of Go's. */
export interface Here {
  /** Symbols of the package here, as one writes them: `new Weighted()`, `Group.go()`. */
  readonly here: readonly string[];
  /** Records of what differs; absent where it does what Go's does. */
  readonly decisions?: readonly number[];
}

type ByName<T> = Readonly<Record<string, T>>;

/** What has become of one of Go's packages. The tests that were ported name themselves, in their titles. */
export interface Package {
  /** Go's import path. */
  readonly go: string;
  /** The package here. */
  readonly home: 'context' | 'errgroup' | 'semaphore' | 'singleflight' | 'syncmap';
  readonly symbols: ByName<Here>;
  /** Symbols that Go's has not, with the records of their reasons. */
  readonly own: ByName<readonly number[]>;
  /** Ported tests that differ from Go's, with the records of what differs. */
  readonly differs: ByName<readonly number[]>;
  /** Tests, examples and benchmarks that are not here, and why not. */
  readonly refused: ByName<string>;
  /** The rows of packages/bench that measure what a benchmark of Go's does. */
  readonly rows: ByName<readonly string[]>;
}

/** `pnpm ledger` writes docs/porting.md from this. */
export const ledger: readonly Package[] = [
  {
    go: 'context',
    home: 'context',
    symbols: {
      AfterFunc: { here: ['afterFunc()'], decisions: [10] },
      Background: { here: ['background()'], decisions: [15] },
      CancelCauseFunc: { here: ['CancelCauseFunc'], decisions: [11, 16] },
      CancelFunc: { here: ['CancelFunc'], decisions: [16] },
      Canceled: { here: ['CanceledError', 'isCanceled()'], decisions: [9] },
      Cause: { here: ['cause()'], decisions: [9, 11] },
      Context: { here: ['Context'], decisions: [8, 13] },
      'Context.Deadline': { here: ['Context.deadline'], decisions: [7, 14] },
      'Context.Done': { here: ['Context.signal'], decisions: [8, 15] },
      'Context.Err': { here: ['Context.err'], decisions: [7, 9] },
      'Context.Value': { here: ['Context.value()'], decisions: [12] },
      DeadlineExceeded: { here: ['DeadlineExceededError', 'isDeadlineExceeded()'], decisions: [9] },
      TODO: { here: ['todo()'], decisions: [15] },
      WithCancel: { here: ['withCancel()'], decisions: [8, 10] },
      WithCancelCause: { here: ['withCancelCause()'], decisions: [11] },
      WithDeadline: { here: ['withDeadline()'], decisions: [14] },
      WithDeadlineCause: { here: ['withDeadlineCause()'], decisions: [11, 14] },
      WithTimeout: { here: ['withTimeout()'], decisions: [14] },
      WithTimeoutCause: { here: ['withTimeoutCause()'], decisions: [11, 14] },
      WithValue: { here: ['withValue()'], decisions: [11, 12, 13] },
      WithoutCancel: { here: ['withoutCancel()'], decisions: [15] },
    },
    own: {
      'Context.toString()': [13],
      ContextLike: [8],
      'from()': [8],
      Key: [12],
      'createKey()': [12],
      'sleep()': [1],
      'throwIfDone()': [1],
      'wait()': [1],
    },
    differs: {
      TestAfterFuncCalledAsynchronously: [10],
      TestAfterFuncCalledImmediately: [10],
      TestAllocs: [8],
      TestCustomContextAfterFuncAfterFunc: [8],
      TestCustomContextAfterFuncCancel: [8],
      TestCustomContextAfterFuncTimeout: [8],
      TestCustomContextAfterFuncUnregisterAfterFunc: [8],
      TestCustomContextAfterFuncUnregisterCancel: [8],
      TestCustomContextAfterFuncUnregisterTimeout: [8],
      TestCustomContextCause: [8],
      TestCustomContextGoroutines: [8],
      TestCustomContextPropagation: [8],
      TestDeadlineExceededIsNetError: [9],
      TestDeadlineExceededSupportsTimeout: [9],
      TestInterlockedCancels: [10],
      TestInvalidDerivedFail: [11],
      TestValues: [12],
      TestWithValueChecksKey: [11],
    },
    refused: {},
    rows: {
      BenchmarkCancelTree: ['context-tree'],
      BenchmarkCheckCanceled: ['context-err-canceled', 'context-signal-aborted'],
      BenchmarkCommonParentCancel: ['context-cancel', 'growth-children'],
      BenchmarkContextCancelDone: ['context-signal-aborted'],
      BenchmarkDeepValueNewGoRoutine: ['context-value'],
      BenchmarkDeepValueSameGoRoutine: ['context-value'],
      BenchmarkErrCanceled: ['context-err-canceled'],
      BenchmarkErrOK: ['context-err-live'],
      BenchmarkWithTimeout: ['context-timeout'],
    },
  },
  {
    go: 'golang.org/x/sync/errgroup',
    home: 'errgroup',
    symbols: {
      Group: { here: ['Group'], decisions: [6, 7, 16] },
      'Group.Go': { here: ['Group.go()'], decisions: [2, 18, 19] },
      'Group.SetLimit': { here: ['Group.setLimit()'], decisions: [3, 18] },
      'Group.TryGo': { here: ['Group.tryGo()'], decisions: [19] },
      'Group.Wait': { here: ['Group.wait()'], decisions: [6, 19] },
      WithContext: { here: ['withContext()'], decisions: [8] },
    },
    own: {
      'Group[Symbol.asyncDispose]()': [16],
    },
    differs: {},
    refused: {},
    rows: {
      BenchmarkGo: ['group-unlimited'],
    },
  },
  {
    go: 'golang.org/x/sync/semaphore',
    home: 'semaphore',
    symbols: {
      NewWeighted: { here: ['new Weighted()'], decisions: [18] },
      Weighted: { here: ['Weighted'], decisions: [17] },
      'Weighted.Acquire': { here: ['Weighted.acquire()'], decisions: [1, 2, 17, 24, 25] },
      'Weighted.Release': { here: ['Weighted.release()'], decisions: [4] },
      'Weighted.TryAcquire': { here: ['Weighted.tryAcquire()'], decisions: [18] },
    },
    own: {
      Permit: [16, 17],
      'Weighted.permit()': [17],
      'Weighted.tryPermit()': [17],
      'Weighted.run()': [17],
      'Weighted.resize()': [26],
      'Weighted.size': [17],
      'Weighted.available': [17],
      'Weighted.waiting': [17],
      'new Keyed()': [26],
      'Keyed.permit()': [26],
      'Keyed.tryPermit()': [26],
      'Keyed.run()': [26],
      'Keyed.size': [26],
      'Keyed.keys': [26],
      'Keyed.available()': [26],
      'Keyed.waiting()': [26],
    },
    differs: {
      TestWeightedAcquireCanceled: [1],
      TestWeightedDoesntBlockIfTooBig: [2],
      TestWeightedNegativeSizePanic: [18],
      TestWeightedNegativeWeightPanic: [18],
      TestWeightedPanic: [4],
    },
    refused: {},
    rows: {
      BenchmarkAcquireSeq: ['acquire-free', 'acquire-free-context', 'try-acquire'],
      BenchmarkNewSeq: ['semaphore-new'],
    },
  },
  {
    go: 'golang.org/x/sync/singleflight',
    home: 'singleflight',
    symbols: {
      Group: { here: ['Group'], decisions: [22] },
      'Group.Do': { here: ['Group.do()'], decisions: [6, 21] },
      'Group.DoChan': { here: ['Group.doChan()'], decisions: [6, 7] },
      'Group.Forget': { here: ['Group.forget()'] },
      Result: { here: ['Result'], decisions: [7] },
      'Result.Err': { here: ['Result.err'], decisions: [6] },
      'Result.Shared': { here: ['Result.shared'], decisions: [21] },
      'Result.Val': { here: ['Result.val'] },
    },
    own: {
      'Group.doContext()': [1, 20],
      'Result.ok': [7],
    },
    differs: {
      TestPanicDo: [6],
      TestPanicDoChan: [6],
      TestPanicDoSharedByDoChan: [6],
      TestPanicErrorUnwrap: [6],
    },
    refused: {
      TestGoexitDo:
        'a function here returns or throws, it cannot exit ([0006](./decisions/0006-no-goexit-no-panics.md))',
    },
    rows: {},
  },
  {
    go: 'sync',
    home: 'syncmap',
    symbols: {
      Map: { here: ['SyncMap', 'Map'], decisions: [22, 23] },
      'Map.Clear': { here: ['SyncMap.clear()'] },
      'Map.CompareAndDelete': { here: ['SyncMap.compareAndDelete()'], decisions: [22] },
      'Map.CompareAndSwap': { here: ['SyncMap.compareAndSwap()'], decisions: [22] },
      'Map.Delete': { here: ['SyncMap.delete()'] },
      'Map.Load': { here: ['SyncMap.load()'], decisions: [7] },
      'Map.LoadAndDelete': { here: ['SyncMap.loadAndDelete()'], decisions: [7] },
      'Map.LoadOrStore': { here: ['SyncMap.loadOrStore()'], decisions: [7] },
      'Map.Range': { here: ['SyncMap.range()'], decisions: [5] },
      'Map.Store': { here: ['SyncMap.store()'] },
      'Map.Swap': { here: ['SyncMap.swap()'], decisions: [7] },
    },
    own: {
      'SyncMap.size': [23],
      'SyncMap[Symbol.iterator]()': [5, 23],
    },
    differs: {},
    refused: {
      TestMapClearOneAllocation: 'what `clear` allocates is decided by the native `Map`',
      TestMapMatchesHashTrieMap:
        "it compares two of Go's implementations; what Go's map did is replayed by `packages/conformance/test/replay.test.ts`",
      TestMapRangeNoAllocations:
        'what a call allocates is decided by the engine; row `syncmap-range` measures what it costs',
      BenchmarkMapAdversarialAlloc:
        "it provokes a promotion inside an earlier implementation of Go's; here is nothing to promote",
      BenchmarkMapAdversarialDelete:
        "it provokes a promotion inside an earlier implementation of Go's; here is nothing to promote",
    },
    rows: {
      BenchmarkMapClear: ['syncmap-clear'],
      BenchmarkMapCompareAndDeleteCollision: ['syncmap-compare-and-delete'],
      BenchmarkMapCompareAndDeleteMostlyHits: ['syncmap-compare-and-delete'],
      BenchmarkMapCompareAndDeleteMostlyMisses: ['syncmap-compare-and-delete'],
      BenchmarkMapCompareAndSwapCollision: ['syncmap-compare-and-swap'],
      BenchmarkMapCompareAndSwapMostlyHits: ['syncmap-compare-and-swap'],
      BenchmarkMapCompareAndSwapMostlyMisses: ['syncmap-compare-and-swap'],
      BenchmarkMapCompareAndSwapNoExistingKey: ['syncmap-compare-and-swap'],
      BenchmarkMapCompareAndSwapValueNotEqual: ['syncmap-compare-and-swap'],
      BenchmarkMapDeleteCollision: ['syncmap-load-and-delete'],
      BenchmarkMapLoadAndDeleteBalanced: ['syncmap-load-and-delete'],
      BenchmarkMapLoadAndDeleteCollision: ['syncmap-load-and-delete'],
      BenchmarkMapLoadAndDeleteUnique: ['syncmap-load-and-delete'],
      BenchmarkMapLoadMostlyHits: ['syncmap-load'],
      BenchmarkMapLoadMostlyMisses: ['syncmap-miss'],
      BenchmarkMapLoadOrStoreBalanced: ['syncmap-balanced'],
      BenchmarkMapLoadOrStoreCollision: ['syncmap-load-or-store'],
      BenchmarkMapLoadOrStoreUnique: ['syncmap-balanced'],
      BenchmarkMapRange: ['syncmap-range'],
      BenchmarkMapSwapCollision: ['syncmap-swap'],
      BenchmarkMapSwapMostlyHits: ['syncmap-swap'],
      BenchmarkMapSwapMostlyMisses: ['syncmap-swap'],
    },
  },
  {
    go: 'golang.org/x/sync/syncmap',
    home: 'syncmap',
    symbols: {
      Map: { here: ['Map', 'SyncMap'], decisions: [23] },
    },
    own: {},
    differs: {},
    refused: {
      BenchmarkAdversarialAlloc:
        "it provokes a promotion inside an earlier implementation of Go's; here is nothing to promote",
      BenchmarkAdversarialDelete:
        "it provokes a promotion inside an earlier implementation of Go's; here is nothing to promote",
    },
    rows: {
      BenchmarkLoadMostlyHits: ['syncmap-load'],
      BenchmarkLoadMostlyMisses: ['syncmap-miss'],
      BenchmarkLoadOrStoreBalanced: ['syncmap-balanced'],
      BenchmarkLoadOrStoreCollision: ['syncmap-load-or-store'],
      BenchmarkLoadOrStoreUnique: ['syncmap-balanced'],
      BenchmarkRange: ['syncmap-range'],
    },
  },
];
