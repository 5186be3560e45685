import * as semaphore from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';

/** What `console.log` calls. */
const inspecting = [Symbol.for('nodejs.util.inspect.custom'), Symbol.for('Deno.customInspect')];

describe('@gosync/semaphore', () => {
  it('exports these values and no others', () => {
    expect(Object.keys(semaphore)).toEqual(['Keyed', 'Weighted']);
  });

  it('gives a Weighted these members and no others', () => {
    const members = Object.getOwnPropertyNames(semaphore.Weighted.prototype);
    expect(members.sort()).toEqual([
      'acquire',
      'available',
      'constructor',
      'permit',
      'release',
      'resize',
      'run',
      'size',
      'tryAcquire',
      'tryPermit',
      'waiting',
    ]);
    expect(Object.getOwnPropertySymbols(semaphore.Weighted.prototype)).toEqual(inspecting);
    expect(Object.keys(new semaphore.Weighted(1))).toEqual([]);
    const statics = Object.getOwnPropertyNames(semaphore.Weighted).sort();
    expect(statics).toEqual(['length', 'name', 'prototype']);
  });

  it('gives a Keyed these members and no others', () => {
    const members = Object.getOwnPropertyNames(semaphore.Keyed.prototype);
    expect(members.sort()).toEqual([
      'available',
      'constructor',
      'keys',
      'permit',
      'run',
      'size',
      'tryPermit',
      'waiting',
    ]);
    expect(Object.getOwnPropertySymbols(semaphore.Keyed.prototype)).toEqual(inspecting);
    expect(Object.keys(new semaphore.Keyed(1))).toEqual([]);
    const statics = Object.getOwnPropertyNames(semaphore.Keyed).sort();
    expect(statics).toEqual(['length', 'name', 'prototype']);
  });

  it('names its classes as Go does, and as it writes them', () => {
    expect([semaphore.Weighted.name, semaphore.Keyed.name]).toEqual(['Weighted', 'Keyed']);
  });
});
