import { rows as context } from './workloads/context.mjs';
import { rows as errgroup } from './workloads/errgroup.mjs';
import { rows as growth } from './workloads/growth.mjs';
import { rows as kept } from './workloads/memory-kept.mjs';
import { rows as live } from './workloads/memory-live.mjs';
import { rows as semaphore } from './workloads/semaphore.mjs';
import { rows as singleflight } from './workloads/singleflight.mjs';
import { rows as syncmap } from './workloads/syncmap.mjs';
import { rows as tasks } from './workloads/tasks.mjs';

/** Every row of the table, in its order. */
export const rows = [
  ...semaphore,
  ...errgroup,
  ...singleflight,
  ...context,
  ...syncmap,
  ...tasks,
  ...growth,
  ...kept,
  ...live,
];
