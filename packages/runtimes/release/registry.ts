import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../command.ts';

const verdaccio = join(import.meta.dirname, 'registry');

/** A registry on this machine that holds what is published to it and nothing else. */
export class Registry {
  /** For whoever installs from it or publishes to it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, url: string, child: ChildProcess) {
    this.#folder = folder;
    this.#process = child;
    this.environment = {
      npm_config_registry: url,
      npm_config_userconfig: join(folder, 'npmrc'),
      npm_config_cache: join(folder, 'cache'),
      // pnpm no longer listens to npm's variables.
      pnpm_config_registry: url,
    };
  }

  static async start(): Promise<Registry> {
    await run(['pnpm', 'install', '--frozen-lockfile'], { cwd: verdaccio });
    const folder = await mkdtemp(join(tmpdir(), 'gosync-registry-'));
    const address = `127.0.0.1:${await freePort()}`;
    await writeFile(
      join(folder, 'config.yaml'),
      [
        `storage: ${join(folder, 'storage')}`,
        `auth: { htpasswd: { file: ${join(folder, 'htpasswd')}, max_users: 1 } }`,
        'uplinks: {}',
        "packages: { '**': { access: $all, publish: $authenticated } }",
        `log: { type: file, path: ${join(folder, 'log')}, level: info }`,
      ].join('\n'),
    );
    const program = join(verdaccio, 'node_modules/verdaccio/bin/verdaccio');
    const args = ['--config', join(folder, 'config.yaml'), '--listen', address];
    const child = fork(program, args, { stdio: 'ignore' });
    // It tells a parent process when it listens.
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (typeof message === 'number') throw new Error(`the registry ended with ${message}`);
    const url = `http://${address}/`;
    const token = await signUp(url);
    await writeFile(join(folder, 'npmrc'), `registry=${url}\n//${address}/:_authToken=${token}\n`);
    return new Registry(folder, url, child);
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
    await rm(this.#folder, { recursive: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Makes the one user who may publish. */
async function signUp(url: string): Promise<string> {
  const response = await fetch(`${url}-/user/org.couchdb.user:test`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'test', password: crypto.randomUUID() }),
  });
  const { token } = await response.json();
  return token;
}
