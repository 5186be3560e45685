import { abortWaiters } from './workloads/abort-waiters.mjs';
import { acquireFree } from './workloads/acquire-free.mjs';
import { acquireFreeContext } from './workloads/acquire-free-context.mjs';
import { contended } from './workloads/contended.mjs';
import { contextChain } from './workloads/context-chain.mjs';
import {
  contextErrCanceled,
  contextErrLive,
  contextSignalAborted,
} from './workloads/context-check.mjs';
import { contextCancel } from './workloads/context-cancel.mjs';
import { contextTimeout } from './workloads/context-timeout.mjs';
import { contextTree } from './workloads/context-tree.mjs';
import { contextValue } from './workloads/context-value.mjs';
import { groupLimitAwaited } from './workloads/group-limit-awaited.mjs';
import { groupLimitQueued } from './workloads/group-limit-queued.mjs';
import { groupLimitReached } from './workloads/group-limit-reached.mjs';
import { groupUnlimited } from './workloads/group-unlimited.mjs';
import { growthChildren, growthLeavers, growthTasks, growthWaiters } from './workloads/growth.mjs';
import { keptAcquires, keptContexts, keptFlights, keptWaiters } from './workloads/memory-kept.mjs';
import { liveTasks, liveWaiters } from './workloads/memory-live.mjs';
import { permitFree } from './workloads/permit-free.mjs';
import { semaphoreNew } from './workloads/semaphore-new.mjs';
import { singleflightAlone } from './workloads/singleflight-alone.mjs';
import { singleflightShared } from './workloads/singleflight-shared.mjs';
import { syncmapBalanced } from './workloads/syncmap-balanced.mjs';
import { syncmapLoad } from './workloads/syncmap-load.mjs';
import { syncmapLoadOrStore } from './workloads/syncmap-load-or-store.mjs';
import {
  syncmapClear,
  syncmapCompareAndDelete,
  syncmapCompareAndSwap,
  syncmapLoadAndDelete,
  syncmapMiss,
  syncmapSwap,
} from './workloads/syncmap-operations.mjs';
import { syncmapRange } from './workloads/syncmap-range.mjs';
import { tryAcquire } from './workloads/try-acquire.mjs';
import { weighted } from './workloads/weighted.mjs';

/** Every row of the table, in its order. */
export const rows = [
  semaphoreNew,
  acquireFree,
  acquireFreeContext,
  permitFree,
  tryAcquire,
  contended,
  weighted,
  abortWaiters,
  groupUnlimited,
  groupLimitAwaited,
  groupLimitReached,
  groupLimitQueued,
  singleflightAlone,
  singleflightShared,
  contextCancel,
  contextTimeout,
  contextTree,
  contextChain,
  contextValue,
  contextErrLive,
  contextErrCanceled,
  contextSignalAborted,
  syncmapLoad,
  syncmapLoadOrStore,
  syncmapBalanced,
  syncmapRange,
  syncmapMiss,
  syncmapSwap,
  syncmapCompareAndSwap,
  syncmapLoadAndDelete,
  syncmapCompareAndDelete,
  syncmapClear,
  growthWaiters,
  growthLeavers,
  growthChildren,
  growthTasks,
  keptContexts,
  keptWaiters,
  keptAcquires,
  keptFlights,
  liveWaiters,
  liveTasks,
];
