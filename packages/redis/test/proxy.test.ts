import { once } from 'node:events';
import { connect, createServer, type Server as Listener, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Proxy } from './proxy.ts';

let upstream: Listener;
let proxy: Proxy;
// What the server behind the proxy has received so far.
let received: string;
const sockets: Socket[] = [];

/** A server that answers each segment with the same in capitals. */
beforeEach(async () => {
  received = '';
  upstream = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received += bytes.toString();
      socket.write(bytes.toString().toUpperCase());
    });
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const address = upstream.address();
  if (address === null || typeof address === 'string') throw new Error('test: no port');
  proxy = await Proxy.start(address.port);
});

afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  for (const socket of sockets.splice(0)) socket.destroy();
  upstream.close();
});

async function client(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

async function reply(socket: Socket): Promise<string> {
  return String((await once(socket, 'data'))[0]);
}

async function ask(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  return reply(socket);
}

describe('Proxy', () => {
  it('passes on what both ends send', async () => {
    const socket = await client();
    expect(await ask(socket, 'one')).toBe('ONE');
    expect(await ask(socket, 'two')).toBe('TWO');
    expect(received).toBe('onetwo');
  });

  it('cuts what is connected, and accepts new connections', async () => {
    const socket = await client();
    await ask(socket, 'one');
    proxy.cut();
    await once(socket, 'close');
    expect(await ask(await client(), 'two')).toBe('TWO');
  });

  it('refuses connections until it accepts them again, at the same port', async () => {
    const socket = await client();
    await ask(socket, 'one');
    const closed = once(socket, 'close');
    await proxy.refuse();
    await closed;
    await expect(client()).rejects.toThrow('ECONNREFUSED');
    await proxy.accept();
    expect(await ask(await client(), 'two')).toBe('TWO');
  });

  it('holds replies back while requests arrive', async () => {
    const socket = await client();
    await ask(socket, 'one');
    proxy.hold('replies');
    let heard = '';
    socket.on('data', (bytes) => (heard += bytes.toString()));
    socket.write('two');
    await once(sockets.find((other) => other.localPort === proxy.target) ?? socket, 'data');
    expect(received).toBe('onetwo');
    expect(heard).toBe('');
    const late = once(socket, 'data');
    proxy.release();
    await late;
    expect(heard).toBe('TWO');
  });

  it('holds requests back, and delivers them late', async () => {
    const socket = await client();
    await ask(socket, 'one');
    proxy.hold('requests', 'replies');
    socket.write('two');
    // A request on another connection would have arrived after the one that is held.
    const other = connect(proxy.target, '127.0.0.1');
    sockets.push(other);
    await ask(other, '-');
    expect(received).toBe('one-');
    proxy.release();
    expect(await reply(socket)).toBe('TWO');
    expect(received).toBe('one-two');
  });

  it('delays replies without changing their order', async () => {
    const socket = await client();
    let heard = '';
    socket.on('data', (bytes) => (heard += bytes.toString()));
    proxy.delay.replies = 40;
    socket.write('one');
    await once(socket, 'data');
    const since = performance.now();
    socket.write('two');
    proxy.delay.replies = 20;
    socket.write('three');
    while (!heard.endsWith('THREE')) await once(socket, 'data');
    expect(heard).toBe('ONETWOTHREE');
    expect(performance.now() - since).toBeGreaterThan(19);
  });

  it('tells one end of the end of the other only when nothing is held any more', async () => {
    const socket = await client();
    await ask(socket, 'one');
    const server = sockets.find((other) => other.localPort === proxy.target);
    proxy.hold('requests');
    socket.destroy();
    await once(socket, 'close');
    expect(server?.destroyed).toBe(false);
    proxy.release();
    if (server !== undefined) await once(server, 'close');
    expect(server?.destroyed).toBe(true);
  });

  it('sends again what it has recorded', async () => {
    const socket = await client();
    await ask(socket, 'one');
    proxy.record();
    await ask(socket, 'two');
    await proxy.replay(proxy.recorded());
    expect(received).toBe('onetwotwo');
  });

  it('passes connections on to another server when its target changes', async () => {
    const other = createServer((socket) => socket.end('other'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    if (address === null || typeof address === 'string') throw new Error('test: no port');
    proxy.target = address.port;
    proxy.cut();
    expect(await reply(await client())).toBe('other');
    other.close();
  });
});
