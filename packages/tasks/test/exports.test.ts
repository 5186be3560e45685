import * as tasks from '@gosync/tasks';
import { describe, expect, it } from 'vitest';

describe('@gosync/tasks', () => {
  it('exports these values and no others', () => {
    expect(Object.keys(tasks).sort()).toEqual(['all', 'allSettled', 'any', 'map', 'stream']);
  });

  it('gives a stream these members and no others', () => {
    const stream = tasks.stream(undefined, [], () => 1, { limit: 1 });
    expect(Reflect.ownKeys(stream)).toEqual([]);
    expect(Reflect.ownKeys(Object.getPrototypeOf(stream))).toEqual([
      'constructor',
      'next',
      'return',
      Symbol.asyncIterator,
      Symbol.asyncDispose,
    ]);
  });
});
