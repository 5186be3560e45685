import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** Most of the time these tests wait for leases to run out, so more of them run at a time than there are cores. */
export default mergeConfig(shared, { test: { maxWorkers: 3 } });
