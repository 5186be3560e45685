import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@gosync/runtimes/command';

/** Servers for the cases that need them, by the variables under which the cases find their addresses. */
export interface Services {
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

interface User {
  readonly uid: number;
  readonly gid: number;
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

/** Waits until something accepts connections. */
async function untilItListens(port: number, isAlive: () => boolean): Promise<void> {
  while (isAlive()) {
    const socket = connect(port, '127.0.0.1');
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (connected) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('a server ended before it could be reached');
}

/** Starts a server in a folder of its own. Returns how to stop it. */
async function start(
  port: number,
  folder: string,
  [command = '', ...args]: readonly string[],
  user: User | undefined,
): Promise<() => Promise<void>> {
  const child = spawn(command, args, { ...user, cwd: folder, stdio: 'ignore' });
  const ended = once(child, 'close');
  // Also when this process is stopped from outside.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  await untilItListens(port, () => child.exitCode === null && child.signalCode === null);
  return async () => {
    process.off('exit', kill);
    child.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true });
  };
}

/** PostgreSQL refuses to run as root, as which containers run. */
async function otherUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number(await run(['id', flag, 'nobody']))),
  );
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function programs(): string {
  const versions = '/usr/lib/postgresql';
  const found = existsSync(versions) ? readdirSync(versions).sort().at(-1) : undefined;
  if (found === undefined)
    throw new Error('no PostgreSQL: packages/clients/services.sh installs it');
  return join(versions, found, 'bin');
}

async function postgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const user = await otherUser();
  const folder = await mkdtemp(join(tmpdir(), 'gosync-postgres-'));
  if (user) await chown(folder, user.uid, user.gid);
  const bin = programs();
  const data = join(folder, 'data');
  await run(
    [
      join(bin, 'initdb'),
      '-D',
      data,
      '-U',
      'test',
      '-A',
      'trust',
      '--no-sync',
      '--no-instructions',
    ],
    { cwd: folder, user },
  );
  const port = await freePort();
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    // A query ends soon after its client is gone.
    client_connection_check_interval: '20ms',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const stop = await start(port, folder, [join(bin, 'postgres'), '-D', data, ...flags], user);
  return { url: `postgres://test@127.0.0.1:${port}/postgres`, stop };
}

async function redis(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gosync-redis-'));
  const port = await freePort();
  const command = ['redis-server', '--port', String(port), '--bind', '127.0.0.1'];
  const flags = ['--save', '', '--appendonly', 'no', '--dir', folder];
  const stop = await start(port, folder, [...command, ...flags], undefined);
  return { url: `redis://127.0.0.1:${port}`, stop };
}

export async function services(): Promise<Services> {
  const [sql, keys] = await Promise.all([postgres(), redis()]);
  return {
    environment: { POSTGRES_URL: sql.url, REDIS_URL: keys.url },
    stop: async () => void (await Promise.all([sql.stop(), keys.stop()])),
  };
}
