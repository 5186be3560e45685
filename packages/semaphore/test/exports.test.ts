import * as semaphore from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';

describe('@gosync/semaphore', () => {
  it('exports these values and no others', () => {
    expect(Object.keys(semaphore)).toEqual(['Weighted']);
  });

  it('gives a Weighted these members and no others', () => {
    const members = Object.getOwnPropertyNames(semaphore.Weighted.prototype);
    expect(members.sort()).toEqual([
      'acquire',
      'available',
      'constructor',
      'permit',
      'release',
      'run',
      'size',
      'tryAcquire',
      'tryPermit',
      'waiting',
    ]);
    expect(Object.getOwnPropertySymbols(semaphore.Weighted.prototype)).toEqual([]);
    expect(Object.keys(new semaphore.Weighted(1))).toEqual([]);
    const statics = Object.getOwnPropertyNames(semaphore.Weighted).sort();
    expect(statics).toEqual(['length', 'name', 'prototype']);
  });

  it('names its class as Go does', () => {
    expect(semaphore.Weighted.name).toBe('Weighted');
  });
});
