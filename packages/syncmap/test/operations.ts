import fc from 'fast-check';
import type { Key, Operations, Result, Value } from './models.ts';

export const key = fc.constantFrom<Key>('a', 'b', '__proto__', NaN, undefined, 0);
export const value = fc.constantFrom<Value>(1, 2, undefined, NaN, '');
/** One step, for the real map and for its models. */
export const operation: fc.Arbitrary<(map: Operations) => Result | void> = fc.oneof(
  key.map((k) => (map: Operations) => map.load(k)),
  fc.tuple(key, value).map(
    ([k, v]) =>
      (map: Operations) =>
        map.store(k, v),
  ),
  fc.tuple(key, value).map(
    ([k, v]) =>
      (map: Operations) =>
        map.loadOrStore(k, v),
  ),
  key.map((k) => (map: Operations) => map.loadAndDelete(k)),
  key.map((k) => (map: Operations) => map.delete(k)),
  fc.tuple(key, value).map(
    ([k, v]) =>
      (map: Operations) =>
        map.swap(k, v),
  ),
  fc.tuple(key, value, value).map(
    ([k, ...v]) =>
      (map: Operations) =>
        map.compareAndSwap(k, ...v),
  ),
  fc.tuple(key, value).map(
    ([k, v]) =>
      (map: Operations) =>
        map.compareAndDelete(k, v),
  ),
  { weight: 1, arbitrary: fc.constant((map: Operations) => map.clear()) },
);
