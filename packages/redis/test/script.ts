import type { Redis } from 'ioredis';
import { semaphoreScript } from '../src/scripts.ts';

/** `text` with each `from` replaced by its `to`. Throws when one does not occur: what it stood for has changed. */
export function replaced(
  text: string,
  replacements: readonly (readonly [string, string])[],
): string {
  return replacements.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`the script has no ${from}`);
    return result.replaceAll(from, to);
  }, text);
}

/** The semaphore's script with a made-up clock and server, which arrive as its last arguments, and its messages as a part of its reply. */
export const testScript: string = replaced(
  `local LIFE, UPTIME, TIME = table.remove(ARGV), table.remove(ARGV), table.remove(ARGV)
local published = {}
local function publish(channel, text) published[#published + 1] = channel .. ' ' .. text end
local INFO = LIFE == '' and { err = 'NOPERM' } or 'uptime_in_seconds:' .. UPTIME .. '\\r\\nrun_id:' .. LIFE .. '\\r\\n'
${semaphoreScript.text}`,
  [
    ["call('TIME')", "{ '0', TIME }"],
    ["redis.pcall('INFO', 'server')", 'INFO'],
    ["redis.pcall('PUBLISH', ", 'publish('],
    ['return reply\n', 'return { reply, published }\n'],
  ],
);

export interface Call {
  readonly operation: string;
  readonly sid: string;
  readonly era: number;
  readonly born: number;
  readonly size: number;
  readonly onConflict: string;
  readonly args: readonly (string | number)[];
  /** The server's clock, in microseconds. */
  readonly time: number;
  /** Which life of the server this is; empty when `INFO` is forbidden. */
  readonly life: string;
  /** In seconds. */
  readonly uptime: number;
}

export const lease = 1000;

export type Answer = readonly [reply: unknown[], published: string[]];

/** Runs `text` on the state under `name`. */
export async function callScript(
  client: Redis,
  text: string,
  name: string,
  call: Call,
): Promise<Answer> {
  const { operation, sid, era, born, size, onConflict, args, time, life, uptime } = call;
  const header = ['1', operation, sid, era, born, lease, '1', 'wake:', name, size, onConflict];
  const result = await client.eval(
    text,
    2,
    name,
    `${name}:s`,
    ...[...header, ...args, time, uptime, life === '' ? '' : life.padEnd(40, '0')].map(String),
  );
  return result as Answer;
}

function numbers(bytes: Buffer, count: number): number[] {
  return Array.from({ length: count }, (_, i) => bytes.readDoubleLE(8 * i));
}

/** What is stored under `name`, readable: numbers instead of bytes, the queue in its order. */
export async function stored(client: Redis, name: string): Promise<unknown> {
  const fields = await client.hgetallBuffer(name);
  const { state, ...others } = fields;
  if (state === undefined) return undefined;
  const [, size, held, seq, head = 0, tail = 0, waiting, clock, wall, quiet, , due] = numbers(
    state,
    12,
  );
  const queue: unknown[] = [];
  const entries: Record<string, number[]> = {};
  const sessions: Record<string, unknown> = {};
  for (const [field, bytes] of Object.entries(others)) {
    const rest = field.slice(1);
    if (field.startsWith('e')) entries[rest] = numbers(bytes, 4);
    else if (field.startsWith('s')) {
      const expiry = Number(await client.zscore(`${name}:s`, rest));
      sessions[rest] = [expiry, ...numbers(bytes, 3)];
    } else queue.push([Number(rest), ...numbers(bytes, 3), bytes.subarray(24).toString()]);
  }
  const tickets = queue as [number, ...unknown[]][];
  if (tickets.some(([ticket]) => ticket < head || ticket >= tail)) queue.push('outside the queue');
  return {
    size,
    held,
    seq,
    tail,
    waiting,
    clock,
    wall,
    quiet,
    due,
    life: state.subarray(96).toString(),
    queue: tickets.sort(([a], [b]) => a - b),
    entries,
    sessions,
    members: await client.zcard(`${name}:s`),
  };
}
