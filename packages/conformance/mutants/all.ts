import { contextMutants } from './context.ts';
import { errgroupMutants } from './errgroup.ts';
import type { Mutant } from './mutant.ts';
import { semaphoreMutants } from './semaphore.ts';
import { singleflightMutants } from './singleflight.ts';
import { syncmapMutants } from './syncmap.ts';

export const mutants: readonly Mutant[] = [
  ...contextMutants,
  ...semaphoreMutants,
  ...errgroupMutants,
  ...singleflightMutants,
  ...syncmapMutants,
];
