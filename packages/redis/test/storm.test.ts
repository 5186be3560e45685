import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Build } from './build.ts';
import { hasServer } from './server.ts';
import { storm } from './storm/storm.ts';

/** Of each storm, before all that is under way in it ends. `GOSYNC_STORM_SECONDS` makes it longer. */
const seconds = Number(process.env['GOSYNC_STORM_SECONDS'] ?? 9);

describe.runIf(hasServer)('SharedWeighted in a storm', () => {
  let build: Build;

  beforeAll(async () => {
    build = await Build.make();
  });

  afterAll(async () => {
    await build[Symbol.asyncDispose]();
  });

  it.each([1, 2, 3])(
    'keeps every promise while processes, connections and servers fail, seed %i',
    async (seed) => {
      const { counts, violations } = await storm(build, seed, seconds);
      console.log(`storm, seed ${seed}: ${JSON.stringify(counts)}`);
      expect(violations).toEqual([]);
      expect(counts['grants']).toBeGreaterThan(20);
    },
    (seconds + 110) * 1_000,
  );
});
