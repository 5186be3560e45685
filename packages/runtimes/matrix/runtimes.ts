import { join } from 'node:path';
import { run } from '../command.ts';
import { neutralTests, probes } from './files.ts';
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

/** The tests of the repository under vitest, or those of some of its packages. */
function node(version: string, args: readonly string[]): Runtime {
  return {
    name: `Node ${version.split('.')[0]}`,
    async run() {
      const folder = await install(`node-${process.platform}-${process.arch}`, version);
      const binary = join(folder, 'bin/node');
      return {
        version: await versionOf(binary, '--version'),
        results: [...(await vitest(binary, args)), ...(await program([binary], [probes]))],
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

/** All runtimes; on Node, with `projects`, only these of the repository. */
export function runtimes(projects: readonly string[]): Runtime[] {
  const args = projects.map((project) => `--project=@gosync/${project}`);
  return [
    node('20.20.2', args),
    node('22.23.3', args),
    node('24.21.0', args),
    node('26.10.0', args),
    browser('Chromium', 'chromium', '--version'),
    browser('Firefox', 'firefox-esr', '--version'),
    browser('WebKit', 'dpkg-query', '-W', '-f', '${Version}', 'libwebkit2gtk-4.1-0'),
    standalone('Deno', '2.9.6', 'deno', 'run', '--no-remote', '--allow-all'),
    standalone('Bun', '1.4.5', 'bin/bun.exe', 'run'),
    workerd,
  ];
}
