import { connect } from 'node:net';

/** What a server answers; an error reply rejects instead. */
export type Reply = string | number | null | Reply[];

type Parsed = readonly [reply: Reply | Error, end: number];

/** The reply that begins at `at`, and where it ends; undefined while it is not all there. */
function parse(bytes: Buffer, at: number): Parsed | undefined {
  const lineEnd = bytes.indexOf('\r\n', at);
  if (lineEnd < 0) return undefined;
  const line = bytes.toString('utf8', at + 1, lineEnd);
  const next = lineEnd + 2;
  const size = Number(line);
  switch (bytes.toString('latin1', at, at + 1)) {
    case '+':
      return [line, next];
    case '-':
      return [new Error(line), next];
    case ':':
      return [size, next];
    case '$':
      if (size < 0) return [null, next];
      if (bytes.length < next + size + 2) return undefined;
      return [bytes.toString('utf8', next, next + size), next + size + 2];
    case '*':
      return parseArray(bytes, next, size);
    default:
      throw new Error(`test: not a reply: ${line}`);
  }
}

function parseArray(bytes: Buffer, at: number, size: number): Parsed | undefined {
  const items: Reply[] = [];
  let end = at;
  while (items.length < size) {
    const item = parse(bytes, end);
    if (item === undefined) return undefined;
    if (item[0] instanceof Error) return item;
    items.push(item[0]);
    end = item[1];
  }
  return [items, end];
}

/** Sends one command over a connection of its own: what the tests ask a server must not go through what they test. */
export function command(port: number, ...args: readonly (string | number)[]): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let bytes = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`test: ${args[0]}: connection closed by ${port}`)));
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      const parsed = parse(bytes, 0);
      if (parsed === undefined) return;
      if (parsed[0] instanceof Error) reject(parsed[0]);
      else resolve(parsed[0]);
      socket.destroy();
    });
    const bulk = args.map(String).map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`);
    socket.write(`*${args.length}\r\n${bulk.join('')}`);
  });
}
