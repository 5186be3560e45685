import * as redis from '@gosync/redis';
import { describe, expect, it } from 'vitest';

describe('@gosync/redis', () => {
  it('exports these names, and nothing else', () => {
    expect(Object.keys(redis).sort()).toEqual([
      'LeaseLostError',
      'RemoteError',
      'ResultTooLargeError',
      'Session',
      'SharedGroup',
      'SharedWeighted',
      'SizeConflictError',
      'UnavailableError',
    ]);
  });
});
