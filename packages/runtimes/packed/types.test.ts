import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';

const consumer = inject('consumer');
const require = createRequire(import.meta.url);

/** How the fixtures are compiled. */
interface Mode {
  readonly name: string;
  readonly options: object;
  /** Copies of fixtures: an ES module, a CommonJS module, or whatever the bundler makes of it. */
  readonly files: readonly string[];
}

const esmAndCjs = ['consumer.mts', 'consumer.cts'];
/** Libraries that know nothing of `Symbol.dispose`. */
const old = { lib: ['ES2022', 'DOM'] };
/** Checking the DOM's types once for each compiler is enough, and most of the work. */
const quick = { ...old, skipDefaultLibCheck: true };
const modules: readonly Mode[] = [
  { name: 'node16', options: { ...old, module: 'node16' }, files: esmAndCjs },
  { name: 'nodenext', options: { ...quick, module: 'nodenext' }, files: esmAndCjs },
  {
    name: 'bundler',
    options: { ...quick, module: 'esnext', moduleResolution: 'bundler' },
    files: ['consumer.ts'],
  },
];
const using: Mode = {
  name: 'nodenext and `using`',
  options: { lib: ['ESNext', 'DOM'], module: 'nodenext', skipDefaultLibCheck: true },
  files: [...esmAndCjs, 'using.mts', 'using.cts'],
};
const withoutDom: Mode = {
  name: "nodenext and Node's types in place of the DOM's",
  options: {
    lib: ['ES2022'],
    module: 'nodenext',
    types: ['node'],
    typeRoots: [dirname(dirname(require.resolve('@types/node/package.json')))],
  },
  files: esmAndCjs,
};

const compilers: readonly (readonly [version: string, name: string, modes: readonly Mode[]])[] = [
  ['5.0', 'typescript-5.0', modules],
  ['5.9', 'typescript-5.9', [...modules, using]],
  ['6.0', 'typescript', [...modules, using]],
  ['7.0', 'typescript-7', [...modules, using, withoutDom]],
];

/** Makes a project in a folder of its own. */
function project(version: string, { name, options, files }: Mode): string {
  const folder = join(consumer, 'types', version, name.replaceAll(/\W/g, '-'));
  mkdirSync(folder, { recursive: true });
  for (const file of files) {
    const fixture = file.replace(/\.[mc]?ts$/, '.ts');
    writeFileSync(join(folder, file), readFileSync(join(consumer, fixture)));
  }
  const compilerOptions = {
    target: 'ES2022',
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    ...options,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  return folder;
}

function node(...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: consumer }, (error, output, errors) => {
      // Compilers exit non-zero when they have something to say.
      if (error && output === '') reject(new Error(errors, { cause: error }));
      else resolve(output);
    });
  });
}

/** What a compiler has to say about each project. */
async function compile(compiler: string, projects: readonly string[]): Promise<string[]> {
  if (compiler !== 'typescript-7') {
    const script = join(import.meta.dirname, 'compile.mjs');
    return JSON.parse(await node(script, compiler, ...projects));
  }
  // The native compiler has no API, and is fast enough.
  const tsc = join(dirname(require.resolve('typescript-7/package.json')), 'bin/tsc');
  const said: string[] = [];
  for (const folder of projects) said.push(await node(tsc, '-p', folder));
  return said;
}

describe.each(compilers)(
  'the types, installed, under TypeScript %s',
  (version, compiler, modes) => {
    let said: readonly string[];
    beforeAll(async () => {
      said = await compile(
        compiler,
        modes.map((mode) => project(version, mode)),
      );
    });

    it.each(modes.map(({ name }, index) => [name, index] as const))(
      'compile with %s, strict, without skipLibCheck',
      (_name, index) => {
        expect(said[index]).toBe('');
      },
    );

    it('are those of this version', async () => {
      const { version: installed } = require(`${compiler}/package.json`);
      expect(installed).toMatch(new RegExp(`^${version.replace('.', '\\.')}\\.`));
    });
  },
);
