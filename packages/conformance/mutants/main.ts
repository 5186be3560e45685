import { fileURLToPath } from 'node:url';
import { startVitest, type TestModule } from 'vitest/node';
import { mutants } from './all.ts';
import { type Mutant, mutate } from './mutant.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const config = fileURLToPath(new URL('../mutation/vitest.config.ts', import.meta.url));

/** Runs the tests of a package, with a rule broken or none, and returns the first that fail. */
async function test(name: string, mutant?: Mutant): Promise<string[]> {
  // The configuration looks at it.
  process.env['MUTATED'] = name;
  let isApplied = false;
  const plugin = {
    name: 'mutant',
    enforce: 'pre',
    transform(code: string, id: string): string | undefined {
      if (!mutant || id !== `${root}packages/${mutant.file}`) return undefined;
      isApplied = true;
      return mutate(mutant, code);
    },
  } as const;
  const vitest = await startVitest(
    'test',
    [],
    { root, config, watch: false, reporters: [{}], bail: 3 },
    { plugins: [plugin] },
  );
  const failures = vitest.state.getTestModules().flatMap(failuresOf);
  // What goes wrong outside of a test fails the run as well.
  const errors = vitest.state
    .getUnhandledErrors()
    .map((error) => `outside of a test: ${text(error)}`);
  await vitest.close();
  if (mutant && !isApplied) throw new Error(`no test imports ${mutant.file}`);
  return [...failures, ...errors];
}

function failuresOf(module: TestModule): string[] {
  const file = module.moduleId.slice(`${root}packages/`.length);
  return [...module.children.allTests('failed')].map(({ fullName }) => `${file}: ${fullName}`);
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : JSON.stringify(error);
}

const wanted = process.argv.slice(2);
const chosen = mutants.filter(
  ({ file, breach }) =>
    wanted.length === 0 || wanted.some((word) => `${file} ${breach}`.includes(word)),
);
const packageOf = ({ file }: Mutant): string => file.split('/')[0] ?? '';

for (const name of new Set(chosen.map(packageOf))) {
  const failures = await test(name);
  // A test that fails anyway catches nothing.
  if (failures.length > 0)
    throw new Error(`${name}: not broken yet, and red: ${failures.join(', ')}`);
}

let missed = 0;
for (const mutant of chosen) {
  const failures = await test(packageOf(mutant), mutant);
  if (failures.length === 0) missed++;
  console.log(`${failures.length > 0 ? 'caught' : 'MISSED'}  ${mutant.file}: ${mutant.breach}`);
  for (const failure of failures.slice(0, 3)) console.log(`          ${failure}`);
}
console.log(`${chosen.length} broken rules, ${chosen.length - missed} caught`);
// Vitest has set a code of its own: tests did fail.
process.exitCode = missed > 0 ? 1 : 0;
