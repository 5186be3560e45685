import { beforeAll, describe, expect, it } from 'vitest';
import { differences } from '../src/replay/differences.ts';
import { replay, type Replay } from '../src/replay/replay.ts';
import { type Primitive, primitives, readVectors, type Vectors } from '../src/replay/vectors.ts';

/** The differences that the vectors of a primitive have to show. */
function expected(primitive: Primitive): string[] {
  return Object.entries(differences)
    .filter(([, { shownBy }]) => shownBy.some((shower) => shower === primitive))
    .map(([name]) => name);
}

/** Changes to what Go recorded, each of which makes a step wrong. */
const forgeries: Readonly<Record<Primitive, readonly [from: RegExp, to: string]>> = {
  context: [/"done":\[\[/, '"done":[[9'],
  semaphore: [/"settled":\[(?=\d)/, '"settled":[9'],
  errgroup: [/"started":\[/, '"started":[9'],
  singleflight: [/"executed":\[/, '"executed":[9'],
  syncmap: [/"ok":false/, '"ok":true'],
};

describe.each(primitives)("replay('%s')", (primitive) => {
  let vectors: Vectors;
  let result: Replay;

  beforeAll(async () => {
    vectors = readVectors(primitive);
    const begin = performance.now();
    result = await replay(primitive, vectors.scripts);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    const seen = [...result.differences].map(([name, times]) => `\n  ${name}: ${times} times`);
    const { scripts, steps, mismatches } = result;
    console.log(
      `${primitive}: ${scripts} scripts, ${steps} steps, ${mismatches.length} mismatches, ` +
        `${seconds} s${seen.sort().join('')}`,
    );
  }, 60_000);

  it('sees in every step what Go did, but for the differences that have a name', () => {
    expect(result.mismatches.slice(0, 5)).toEqual([]);
    expect(result.steps).toBe(vectors.header.steps);
  });

  it('sees each difference that the primitive has, and no other', () => {
    expect([...result.differences.keys()].sort()).toEqual(expected(primitive).sort());
  });

  it('replays at least 500 scripts, all that were recorded', () => {
    expect(vectors.header.primitive).toBe(primitive);
    expect(result.scripts).toBe(vectors.header.scripts);
    expect(result.scripts).toBeGreaterThanOrEqual(500);
  });

  it('tells when a step went another way than was recorded', async () => {
    const [from, to] = forgeries[primitive];
    const forged = vectors.scripts.slice(0, 20).filter((script) => from.test(script));
    expect(forged).not.toEqual([]);
    const { mismatches } = await replay(
      primitive,
      forged.map((script) => script.replace(from, to)),
    );
    expect(mismatches).toHaveLength(forged.length);
  });
});

describe('differences', () => {
  it.each(Object.entries(differences))(
    '%s is shown by vectors, or says why it cannot be',
    (_name, difference) => {
      expect('unrecorded' in difference).toBe(difference.shownBy.length === 0);
    },
  );
});
