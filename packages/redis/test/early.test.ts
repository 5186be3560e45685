import { type Driver, Session, SharedGroup } from '@gosync/redis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A server of which the test decides when it answers, and what it says. */
class Script implements Driver {
  /** Answers the call that joins. */
  answer: (reply: readonly unknown[]) => void = () => undefined;
  /** Publishes a message for the key. */
  publish: (head: string, payload: string) => void = () => undefined;

  run(...[, , args]: Parameters<Driver['run']>): Promise<unknown> {
    const [, operation, , , , address = ''] = args;
    if (operation !== 'join') return Promise.resolve(['ok', args[6], 1]);
    return new Promise((resolve) => {
      this.answer = resolve;
      const { publish } = this;
      this.publish = (head, payload) => publish(`${head}\n${address}`, payload);
    });
  }

  subscribe(...[, message]: Parameters<Driver['subscribe']>): ReturnType<Driver['subscribe']> {
    this.publish = (head, payload) => message(`${head}\n${payload}`);
    return Promise.resolve({ close: () => Promise.resolve() });
  }

  unknownOutcome(): boolean {
    return false;
  }
}

describe('SharedGroup.do()', () => {
  let server: Script;
  let session: Session;

  beforeEach(() => {
    server = new Script();
    session = new Session(server);
  });
  afterEach(() => session.close());

  it('does not take the outcome of an earlier call that comes while it joins', async () => {
    const outcome = new SharedGroup<string>(session, 'group').do('key', () => 'new');
    await expect.poll(() => session.wake).toBe('push');
    server.publish('result 7 2', 'v"old"');
    server.answer(['lead', 8]);
    expect(await outcome).toEqual(['new', false]);
  });

  it('takes the outcome of its call that comes before the answer that it has joined', async () => {
    const outcome = new SharedGroup<string>(session, 'group').do('key', () => 'new');
    await expect.poll(() => session.wake).toBe('push');
    server.publish('result 8 2', 'v"value"');
    server.answer(['follow', 8]);
    expect(await outcome).toEqual(['value', true]);
  });
});
