import { describe, expect, it } from 'vitest';
import { type Event, violations } from './history.ts';

const sent = (at: number, request: string): Event => ({ kind: 'sent', at, request });
const queued = (at: number, request: string): Event => ({ kind: 'queued', at, request });
const granted = (at: number, request: string, fence: number, n = 1): Event => ({
  kind: 'granted',
  at,
  request,
  n,
  fence,
});
const live = (at: number, ...requests: string[]): Event => ({
  kind: 'tick',
  at,
  live: requests,
  dead: [],
});
const dead = (at: number, ...requests: string[]): Event => ({
  kind: 'tick',
  at,
  live: [],
  dead: requests,
});
const released = (at: number, request: string): Event => ({ kind: 'released', at, request });
const lost = (at: number, request: string): Event => ({
  kind: 'lost',
  at,
  request,
  reason: 'expired',
});

/** Events in rows, to be read. */
const rows = (...events: readonly Event[][]): Event[] => events.flat();

describe('violations()', () => {
  it('finds none in a history that keeps every promise', () => {
    const events = rows(
      [sent(1, 'a'), granted(2, 'a', 1, 2), sent(3, 'b'), queued(4, 'b'), sent(5, 'c')],
      [queued(6, 'c'), live(7, 'a'), live(8, 'a'), released(9, 'a'), granted(10, 'b', 2, 2)],
      [live(11, 'b'), dead(12, 'b'), lost(13, 'b'), granted(14, 'c', 3), live(20, 'c')],
    );
    expect(violations(2, events)).toEqual([]);
  });

  it('finds programs that together believe to hold more than there is', () => {
    const events = rows(
      [sent(1, 'a'), granted(2, 'a', 1, 2), sent(3, 'b'), granted(4, 'b', 2, 2)],
      [live(6, 'b'), live(8, 'a'), released(9, 'a'), released(9, 'b')],
    );
    expect(violations(4, events)).toEqual([]);
    expect(violations(3, events)).toEqual(['4 of 3 held at 4: a (2), b (2)']);
  });

  it('counts a program as holding up to its last look only, so that one that was stopped and then killed counts to the stop', () => {
    const events = rows(
      [sent(1, 'a'), granted(2, 'a', 1), live(3, 'a')],
      [sent(4, 'b'), granted(5, 'b', 2), live(6, 'b')],
    );
    expect(violations(1, events)).toEqual([]);
    expect(violations(1, [...events, live(7, 'a')])).toEqual(['2 of 1 held at 5: a (1), b (1)']);
  });

  it('counts units that pass from one to another at the same time once', () => {
    const events = rows(
      [sent(1, 'a'), granted(2, 'a', 1), live(5, 'a')],
      [sent(1, 'b'), granted(5, 'b', 2), live(9, 'b')],
    );
    expect(violations(1, events)).toEqual([]);
  });

  it('finds a fence that does not rise with the grants', () => {
    const events = rows(
      [sent(1, 'a'), granted(2, 'a', 7), live(3, 'a'), released(4, 'a')],
      [sent(5, 'b'), granted(6, 'b', 6), live(7, 'b')],
    );
    expect(violations(1, events)).toEqual(['b has fence 6 after a with 7']);
  });

  it('asks no order of the fences of two requests that were under way at once', () => {
    const events = [sent(1, 'a'), sent(1, 'b'), granted(2, 'a', 7), granted(3, 'b', 6)];
    expect(violations(2, events)).toEqual([]);
  });

  it('finds a fence that was given twice', () => {
    const events = [sent(1, 'a'), sent(1, 'b'), granted(2, 'a', 7), granted(3, 'b', 7)];
    expect(violations(2, events)).toEqual(['b and a have the same fence 7']);
  });

  it('finds a request that overtakes one that was in the queue before it was sent', () => {
    const order = [sent(1, 'a'), queued(2, 'a'), sent(3, 'b')];
    expect(violations(2, [...order, granted(4, 'a', 1), granted(4, 'b', 2)])).toEqual([]);
    expect(violations(2, [...order, granted(4, 'b', 1), granted(4, 'a', 2)])).toEqual([
      'b has overtaken a',
    ]);
  });

  it('asks no order when it cannot be known which of the two arrived first', () => {
    const order = [sent(1, 'a'), sent(2, 'b'), queued(3, 'a')];
    expect(violations(2, [...order, granted(4, 'b', 1), granted(4, 'a', 2)])).toEqual([]);
  });

  it('asks no order of a request that had to be sent again', () => {
    const order = [sent(1, 'a'), queued(2, 'a'), sent(3, 'b'), granted(4, 'b', 1), sent(5, 'a')];
    expect(violations(2, [...order, granted(6, 'a', 2)])).toEqual([]);
    expect(violations(2, [...order, queued(6, 'a'), granted(7, 'a', 2)])).toEqual([]);
  });

  it('finds a request that is granted twice', () => {
    const events = [sent(1, 'a'), granted(2, 'a', 1), granted(3, 'a', 2)];
    expect(violations(2, events)).toEqual(['a is granted twice']);
  });

  it('finds a permit that is live after its loss or its release', () => {
    const begin = [sent(1, 'a'), granted(2, 'a', 1), live(3, 'a')];
    expect(violations(1, [...begin, lost(4, 'a'), live(5, 'a')])).toEqual(['a is lost, then live']);
    expect(violations(1, [...begin, released(4, 'a'), live(5, 'a')])).toEqual([
      'a is released, then live',
    ]);
  });

  it('finds a loss that is told twice', () => {
    const events = [sent(1, 'a'), granted(2, 'a', 1), lost(4, 'a'), lost(5, 'a')];
    expect(violations(1, events)).toEqual(['a is lost, then lost']);
  });

  it('finds a program that is not told of its loss within two of its turns', () => {
    const begin = [sent(1, 'a'), granted(2, 'a', 1), dead(3, 'a'), dead(4, 'a')];
    expect(violations(1, [...begin, lost(5, 'a')])).toEqual([]);
    expect(violations(1, [...begin, dead(5, 'a'), dead(6, 'a'), lost(7, 'a')])).toEqual([
      'a is dead and its program has not been told: live at 2, dead at 3, 4, 5',
    ]);
  });

  it('reads events in the order of their times, whichever program reported first', () => {
    const events = [granted(5, 'b', 2), sent(4, 'b'), live(6, 'b'), sent(1, 'a'), live(3, 'a')];
    expect(violations(1, [...events, granted(2, 'a', 1)])).toEqual([]);
  });
});
