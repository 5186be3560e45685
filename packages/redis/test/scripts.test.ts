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
      '359308dd5e4f357ccdd6bcd9ecd6607317dc0c7b',
      'b33f75d2ed0260554eb247871382cdda339ddf6e',
    ]);
  });
});
