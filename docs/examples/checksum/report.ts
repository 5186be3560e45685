import prettyBytes from 'pretty-bytes';
import { BYTES_IN_FLIGHT } from './checksum.ts';
import { quote } from './names.ts';
import type { Run } from './run.ts';

/** What was done, as lines of text. */
export function summary(run: Run, duration: number): string[] {
  const perSecond = (amount: number) => (amount * 1000) / duration;
  const lines = [
    ['tree', quote(Buffer.from(run.root))],
    ['hash', run.algorithm],
    ['files', `${number(run.files)} (${prettyBytes(run.bytes)})`],
    ['time', seconds(duration)],
    ['rate', `${number(perSecond(run.files))} files/s, ${prettyBytes(perSecond(run.bytes))}/s`],
    ['at most', `${run.running.most} files at once (limit ${run.limit})`],
    ['', `${binary(run.held.most)} in memory (limit ${binary(BYTES_IN_FLIGHT)})`],
    ['', `${run.waiting.most} files waiting for memory`],
    [
      'waited',
      `${number(run.waited)} files, ${seconds(run.waitedMs / (run.waited || 1))} on average`,
    ],
    ['skipped', `${number(run.links)} links, ${number(run.special)} pipes, sockets or devices`],
  ];
  const [changed] = run.changed;
  if (changed)
    lines.push(['changed', `${run.changed.length} while read, such as ${quote(changed)}`]);
  return lines.map(([name = '', text]) => `${name.padStart(10)} ${text}`);
}

/** A time in milliseconds, for the reader. */
export function seconds(ms: number): string {
  return ms < 1000 ? `${ms.toPrecision(3)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

function binary(bytes: number): string {
  return prettyBytes(bytes, { binary: true });
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}
