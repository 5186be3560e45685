import * as errgroup from '@gosync/errgroup';
import { describe, expect, it } from 'vitest';

describe('@gosync/errgroup', () => {
  it('exports these values and no others', () => {
    expect(Object.keys(errgroup).sort()).toEqual(['Group', 'withContext']);
  });

  it('gives a Group these members and no others', () => {
    const members = Object.getOwnPropertyNames(errgroup.Group.prototype);
    expect(members.sort()).toEqual(['constructor', 'go', 'setLimit', 'tryGo', 'wait']);
    const symbols = Object.getOwnPropertySymbols(errgroup.Group.prototype);
    expect(symbols).toEqual([Symbol.asyncDispose, Symbol.for('nodejs.util.inspect.custom')]);
    expect(Reflect.ownKeys(new errgroup.Group())).toEqual([]);
    const statics = Object.getOwnPropertyNames(errgroup.Group).sort();
    expect(statics).toEqual(['length', 'name', 'prototype']);
  });

  it('names its class as Go does', () => {
    expect(errgroup.Group.name).toBe('Group');
  });
});
