import { background, withCancel } from '@gosync/context';
import { describe, expect, it } from 'vitest';
import { link } from '../../.vitepress/theme/playground/editor/link.ts';
import type { Report } from '../../.vitepress/theme/playground/editor/protocol.ts';
import { Runner } from '../../.vitepress/theme/playground/editor/runner.ts';
import { show, showError } from '../../.vitepress/theme/playground/editor/show.ts';

/** A runner, what it does with its host, and how that tells it something. */
function start() {
  const sent: string[] = [];
  const receivers: ((report: Report) => void)[] = [];
  const runner = new Runner((receive) => {
    receivers.push(receive);
    return {
      send: ({ type }) => void sent.push(type),
      terminate: () => void sent.push('terminate'),
    };
  });
  const tell = (report: Report) => receivers.at(-1)?.(report);
  return { runner, sent, tell };
}

describe('link()', () => {
  const addresses = { '@gosync/context': 'blob:1' };

  it('rewrites what is imported, and nothing else', () => {
    const source = `import {\n  cause } from '@gosync/context'; const text = "from '@gosync/context'";`;
    expect(link(source, addresses)).toBe(source.replace("'@gosync/context'", "'blob:1'"));
    expect(link(`await import('@gosync/context')`, addresses)).toBe('await import("blob:1")');
    expect(link('import.meta.url', addresses)).toBe('import.meta.url');
  });

  it('throws if there is no such package', () => {
    expect(() => link(`import 'lodash'`, addresses)).toThrow('no package here is called "lodash"');
  });
});

describe('show()', () => {
  it('prints as a console does', () => {
    const [ctx] = withCancel(background());
    expect(show(['a', 1, ['b'], { c: null }, new Error('no'), ctx])).toBe(
      `a 1 [ 'b' ] { c: null } Error: no context.Background.WithCancel`,
    );
  });
});

describe('showError()', () => {
  it('names the line of the program', () => {
    const error = new Error('no');
    error.stack = 'Error: no\n    at main (blob:http://site/1-2:7:13)';
    expect(showError(error, 'blob:http://site/1-2')).toBe('Error: no (line 7)');
    expect(showError(error, 'blob:http://site/9')).toBe('Error: no');
    expect(showError('no', 'blob:http://site/1-2')).toBe('thrown: no');
  });
});

describe('Runner', () => {
  it('asks a program to stop, and then ends it', () => {
    const { runner, sent } = start();
    runner.run('');
    runner.stop();
    expect(runner.state.phase).toBe('stopping');
    runner.stop();
    expect(runner.state.phase).toBe('idle');
    expect(sent).toEqual(['run', 'stop', 'terminate']);
  });

  it('hears nothing more of a program that has ended', () => {
    const { runner, tell } = start();
    runner.run('');
    tell({ type: 'print', level: 'log', text: 'first' });
    tell({ type: 'ended' });
    tell({ type: 'print', level: 'log', text: 'late' });
    expect(runner.state.lines.map(({ text }) => text)).toEqual(['first']);
    runner.stop();
    expect(runner.state.phase).toBe('idle');
  });

  it('keeps the last 500 lines', () => {
    const { runner, tell } = start();
    runner.run('');
    for (let i = 0; i < 600; i++) tell({ type: 'print', level: 'log', text: String(i) });
    expect(runner.state.lines).toHaveLength(500);
    expect(runner.state.lines[0]?.text).toBe('100');
  });
});
