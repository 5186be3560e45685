import * as singleflight from '@gosync/singleflight';
import { describe, expect, it } from 'vitest';

describe('@gosync/singleflight', () => {
  it('exports what Go’s package does, and nothing else', () => {
    expect(Object.keys(singleflight)).toEqual(['Group']);
  });

  it('has the methods of Go’s Group, and doContext', () => {
    expect(Object.getOwnPropertyNames(singleflight.Group.prototype).sort()).toEqual([
      'constructor',
      'do',
      'doChan',
      'doContext',
      'forget',
    ]);
  });

  it('has no properties of its own', () => {
    expect(Reflect.ownKeys(new singleflight.Group())).toEqual([]);
  });

  it('reads as a namespace', async () => {
    expect(await new singleflight.Group<number>().do('key', () => 1)).toEqual([1, false]);
  });
});
