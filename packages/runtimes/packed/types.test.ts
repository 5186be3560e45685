import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';

const consumer = inject('consumer');
const require = createRequire(import.meta.url);

/** What a compiler is asked to compile, and how. */
interface Mode {
  readonly name: string;
  readonly options: object;
  /** Copies of fixtures: an ES module, a CommonJS module, or whatever the bundler makes of it. */
  readonly files: readonly (readonly [fixture: string, extension: string])[];
}

const esmAndCjs = [
  ['consumer', 'mts'],
  ['consumer', 'cts'],
] as const;
/** Libraries that know nothing of `Symbol.dispose`. */
const old = { lib: ['ES2022', 'DOM'] };
const node16: Mode = { name: 'node16', options: { ...old, module: 'node16' }, files: esmAndCjs };
const nodenext: Mode = {
  name: 'nodenext',
  options: { ...old, module: 'nodenext' },
  files: esmAndCjs,
};
const bundler: Mode = {
  name: 'bundler',
  options: { ...old, module: 'esnext', moduleResolution: 'bundler' },
  files: [['consumer', 'ts']],
};
const using: Mode = {
  name: 'nodenext with `using`',
  options: { lib: ['ESNext', 'DOM'], module: 'nodenext' },
  files: [...esmAndCjs, ['using', 'mts'], ['using', 'cts']],
};
const withoutDom: Mode = {
  name: "nodenext with Node's types in place of the DOM's",
  options: {
    lib: ['ES2022'],
    module: 'nodenext',
    types: ['node'],
    typeRoots: [dirname(dirname(require.resolve('@types/node/package.json')))],
  },
  files: esmAndCjs,
};

const modules = [node16, nodenext, bundler];
const cases = [
  ['5.0', 'typescript-5.0/lib/tsc.js', modules],
  ['5.9', 'typescript-5.9/lib/tsc.js', [...modules, using]],
  ['6.0', 'typescript/lib/tsc.js', [...modules, using]],
  ['7.0', 'typescript-7/bin/tsc', [...modules, using, withoutDom]],
] as const;
const rows = cases.flatMap(([version, bin, modes]) =>
  modes.map((mode) => ({ version, bin, mode, name: mode.name })),
);

/** Compiles in a folder of its own, and returns what the compiler has to say. */
function compile(bin: string, folder: string, { options, files }: Mode): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const copies = files.map(([fixture, extension]) => {
    const copy = `${fixture}.${extension}`;
    writeFileSync(join(folder, copy), readFileSync(join(consumer, `${fixture}.ts`)));
    return copy;
  });
  const compilerOptions = {
    target: 'ES2022',
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    ...options,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: copies }));
  return new Promise((resolve) => {
    const args = [require.resolve(bin), '-p', folder];
    execFile(process.execPath, args, (error, output) => resolve(error ? `${output}failed` : output));
  });
}

describe.concurrent('the installed types', () => {
  it.each(rows)('compile with TypeScript $version, $name', async ({ version, bin, mode }) => {
    const folder = join(consumer, 'types', version, mode.name.replaceAll(/\W/g, '-'));
    expect(await compile(bin, folder, mode)).toBe('');
  });
});
