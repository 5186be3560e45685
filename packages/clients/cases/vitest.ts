import { match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';

const run = promisify(execFile);
// As seen from the program that is made of this.
const folder = fileURLToPath(new URL('../../vitest', import.meta.url));
const program = fileURLToPath(new URL('../vitest/vitest.mjs', import.meta.url));

// Its clock is there only for the tests that it runs itself.
export const subject = {
  library: 'vitest',
  title: 'fake timers',
  checks: {
    'all tests of its clock pass': async () => {
      const { stdout } = await run(process.execPath, [program, 'run', '--root', folder]);
      match(stripVTControlCharacters(stdout), /Tests +8 passed \(8\)/);
    },
  },
};
