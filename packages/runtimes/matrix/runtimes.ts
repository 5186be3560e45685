import { join } from 'node:path';
import { run } from '../command.ts';
import { neutralTests, packages, probes, vectors } from './files.ts';
import { install } from './install.ts';
import { lifetime } from './lifetime.ts';
import type { TestResult } from './neutral/run.ts';
import { program, worker } from './programs.ts';
import { vitest } from './vitest.ts';

/** What came of running the tests on a runtime. */
export interface Run {
  readonly version: string;
  readonly results: readonly TestResult[];
}

export interface Runtime {
  readonly name: string;
  readonly run: () => Promise<Run>;
}

/** The first number with dots that a command prints. */
async function versionOf(...command: string[]): Promise<string> {
  const text = await run(command);
  const [version] = /\d+(?:\.\d+)+/.exec(text) ?? [];
  if (version === undefined) throw new Error(`no version in ${text}`);
  return version;
}

/** The tests of the repository under vitest, or those whose paths begin as told. */
function node(version: string, tests: readonly string[]): Runtime {
  return {
    name: `Node ${version.split('.')[0]}`,
    async run() {
      const folder = await install(`node-${process.platform}-${process.arch}`, version);
      const binary = join(folder, 'bin/node');
      return {
        version: await versionOf(binary, '--version'),
        results: [...(await vitest(binary, tests)), ...(await program([binary], [probes]))],
      };
    },
  };
}

/** The tests that need nothing of Node, and the vectors, under vitest. */
function browser(name: string, ...version: string[]): Runtime {
  const config = join(import.meta.dirname, 'browser.config.ts');
  const id = name.toLowerCase();
  return {
    name,
    run: async () => ({
      version: await versionOf(...version),
      results: await vitest(process.execPath, ['--config', config, `--browser.name=${id}`]),
    }),
  };
}

const everything = [...neutralTests(), probes];

/** The same tests, in one bundle with vitest's runner. */
function standalone(name: string, version: string, path: string, ...args: string[]): Runtime {
  return {
    name,
    async run() {
      const binary = join(await install(name.toLowerCase(), version), path);
      const command = [binary, ...args];
      return {
        version: await versionOf(binary, '--version'),
        results: [...(await program(command, everything)), ...(await lifetime(command))],
      };
    },
  };
}

const workerd: Runtime = {
  name: 'workerd',
  async run() {
    const version = '1.20261117.1';
    const binary = join(await install('workerd', version), 'bin/workerd');
    return { version, results: await worker(binary, everything) };
  },
};

/** All runtimes. On Node, with `published`, only the tests of the published packages and the vectors. */
export function runtimes(published: boolean): Runtime[] {
  const tests = published ? [...packages.map((name) => `packages/${name}/test/`), vectors] : [];
  return [
    node('20.20.2', tests),
    node('22.23.3', tests),
    node('24.21.0', tests),
    node('26.10.0', tests),
    browser('Chromium', 'chromium', '--version'),
    browser('Firefox', 'firefox-esr', '--version'),
    browser('WebKit', 'dpkg-query', '-W', '-f', '${Version}', 'libwebkit2gtk-4.1-0'),
    standalone('Deno', '2.9.6', 'deno', 'run', '--no-remote', '--allow-all'),
    standalone('Bun', '1.4.5', 'bin/bun.exe', 'run'),
    workerd,
  ];
}
