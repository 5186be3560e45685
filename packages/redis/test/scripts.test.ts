import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scripts } from '../scripts.mjs';
import { flightScript, semaphoreScript } from '../src/scripts.ts';

describe('scripts.ts', () => {
  it('is what `pnpm scripts` makes of the Lua files', () => {
    const url = new URL('../src/scripts.ts', import.meta.url);
    expect(readFileSync(url, 'utf8')).toBe(scripts());
  });

  // Processes of two versions that share a state run two scripts: change the protocol when they would disagree.
  it('holds these scripts', () => {
    expect([semaphoreScript.digest, flightScript.digest]).toEqual([
      '2c3f767fd275d96a2b2da8305de6d7c5666c2fc9',
      '9767a0bd532dc5f1afa44734423071632e78de35',
    ]);
  });
});
