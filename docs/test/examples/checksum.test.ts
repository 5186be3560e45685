import { background, withCancel } from '@gosync/context';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checksum } from '../../examples/checksum/checksum.ts';
import { Run } from '../../examples/checksum/run.ts';
import { command, Program, run, start } from './program.ts';
import { addEndlessFile, awkwardTree, deepDirectory, temporary, wideTree } from './trees.ts';

const CHECKSUM = 'checksum/main.ts';

/** What a tool like sha256sum prints for every file below `root`. */
function reference(tool: string, root: string): string[] {
  const output = execFileSync('find', [root, '-type', 'f', '-exec', tool, '{}', '+'], {
    encoding: 'latin1',
  });
  return lines(output).sort();
}

function lines(text: string): string[] {
  return text.split('\n').filter(Boolean);
}

describe('checksum', () => {
  it.each([
    ['sha256', 'sha256sum'],
    ['md5', 'md5sum'],
  ])('prints the same %s of the same files as %s, whatever their names are', async (name, tool) => {
    const root = awkwardTree();
    const { code, stdout, stderr } = await run(CHECKSUM, root, '--list', '--algorithm', name);
    expect(lines(stdout).sort()).toEqual(reference(tool, root));
    expect(stderr).toMatch(/files 11 .*skipped 3 links, 1 pipes/s);
    expect(code).toBe(0);
  });

  it('hashes files of every size around the sizes of its pieces', async () => {
    const root = temporary();
    for (const piece of [2 ** 12, 2 ** 20, 2 ** 21]) {
      for (const size of [piece - 1, piece, piece + 1]) {
        writeFileSync(join(root, `${size}`), Buffer.alloc(size, `${size}`));
      }
    }
    const { stdout } = await run(CHECKSUM, root, '--list');
    expect(lines(stdout).sort()).toEqual(reference('sha256sum', root));
  });

  it('gives the same hashes one file at a time', async () => {
    const root = awkwardTree();
    const { stdout, stderr } = await run(CHECKSUM, root, '--list', '--limit', '1');
    expect(lines(stdout).sort()).toEqual(reference('sha256sum', root));
    expect(stderr).toContain('1 files at once (limit 1)');
  });

  it('has as many files open as the limit allows, and no more', async () => {
    const { stdout } = await run(CHECKSUM, wideTree(200), '--limit', '7');
    expect(stdout).toContain('files 200 (');
    expect(stdout).toContain('7 files at once (limit 7)');
  });

  it('lets large files wait when those before them have all the memory', async () => {
    const root = temporary();
    for (const name of ['1', '2', '3', '4', '5']) addEndlessFile(root, name);
    const program = start(CHECKSUM, root);
    // Printed once a second: twice means that one has waited long enough to be seen in the picture.
    await program.printed('stderr', /(5 running, 1 waiting[^]*){2}/);
    program.child.kill('SIGINT');
    const { stdout } = await program.outcome;
    expect(stdout).toContain('5 files at once (limit 16)');
    expect(stdout).toContain('4 MiB in memory (limit 4 MiB)');
    expect(stdout).toContain('1 files waiting for memory');
    const picture = lines(Buffer.from(stdout, 'latin1').toString());
    const slots = picture.filter((line) => /^ {4}(slot| {4}) \d /.test(line));
    expect(slots.filter((line) => /[▁-█]/.test(line)).length).toBeGreaterThanOrEqual(4);
    // Whichever file was looked up last.
    expect(slots.filter((line) => line.includes('░'))).toHaveLength(1);
    expect(picture.join()).not.toContain('\u001B');
  });

  it('reports an empty directory', async () => {
    const { code, stdout, stderr } = await run(CHECKSUM, temporary());
    expect(stdout).toContain('files 0 (0 B)');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('draws no picture when no file waited', async () => {
    const { stdout } = await run(CHECKSUM, wideTree(50), '--limit', '3');
    expect(Buffer.from(stdout, 'latin1').toString()).not.toMatch(/[▁-█]/);
  });

  it('hashes this repository without node_modules, and shows that a failure leaves nothing running', async () => {
    const { code, stdout, stderr } = await run(CHECKSUM);
    const [, files = ''] = /files ([\d,]+)/.exec(stdout) ?? [];
    expect(Number(files.replaceAll(',', ''))).toBeLessThan(20_000);
    expect(stdout).toMatch(/failed .*: name too long \(ENAMETOOLONG\)/);
    expect(stdout).toContain('stopped 3 files in the middle');
    expect(stdout).toContain('running 0, with 0 B of memory');
    expect([code, stderr.replaceAll(/^checksum: .* running.*$\n/gm, '')]).toEqual([0, '']);
  });

  it('says so when files change while they are read', async () => {
    const root = temporary();
    const endless = ['1', '2', '3', '4'].map((name) => addEndlessFile(root, name));
    const deep = join(root, 'sub/'.repeat(20));
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(deep, 'last'), Buffer.alloc(2 ** 21));
    const program = start(CHECKSUM, root);
    // Far down is found last: it is the small file that waits, with its size and its time already looked up.
    await program.printed('stderr', /5 running, 1 waiting/);
    writeFileSync(join(deep, 'last'), 'x', { flag: 'r+' });
    for (const file of endless) truncateSync(file, 0);
    const { code, stdout } = await program.outcome;
    expect(stdout).toContain(`changed 5 while read, such as ${root}/`);
    expect(code).toBe(0);
  });
});

describe('checksum()', () => {
  it('has nothing running any more when it rejects', async () => {
    const root = temporary();
    addEndlessFile(root);
    execFileSync('mkdir', ['d'.repeat(200)], { cwd: deepDirectory(root, 200) });
    const [ctx, cancel] = withCancel(background());
    onTestFinished(cancel);
    const record = new Run({ root, limit: 16, algorithm: 'md5', without: [] });
    await expect(checksum(ctx, record, () => {})).rejects.toThrow('name too long');
    expect([record.running.most, record.running.value]).toEqual([1, 0]);
  });
});

describe('checksum that cannot go on', () => {
  it('names a file that cannot be read, and exits with 1', async () => {
    const root = temporary();
    const directory = deepDirectory(root, 200);
    const name = 'f'.repeat(200);
    execFileSync('touch', [name], { cwd: directory });
    const { code, stdout, stderr } = await run(CHECKSUM, root);
    expect(stderr).toBe(
      `checksum: cannot read ${directory}/${name}: name too long (ENAMETOOLONG)\n`,
    );
    expect(stdout).toContain('files 0 (0 B)');
    expect(code).toBe(1);
  });

  it('names a directory that cannot be read, and exits with 1', async () => {
    const root = temporary();
    const directory = deepDirectory(root, 200);
    const name = 'd'.repeat(200);
    execFileSync('mkdir', [name], { cwd: directory });
    const { code, stderr } = await run(CHECKSUM, root);
    expect(stderr).toBe(
      `checksum: cannot read ${directory}/${name}: name too long (ENAMETOOLONG)\n`,
    );
    expect(code).toBe(1);
  });

  it.each([
    ['file', 'touch'],
    ['directory', 'mkdir'],
  ])('leaves a file in the middle when a %s cannot be read', async (_kind, make) => {
    const root = temporary();
    addEndlessFile(root);
    execFileSync(make, ['f'.repeat(200)], { cwd: deepDirectory(root, 200) });
    const { code, stderr } = await run(CHECKSUM, root);
    expect(stderr).toContain('name too long (ENAMETOOLONG)');
    expect(code).toBe(1);
  });

  it('stops at a file that vanishes, and names it', async () => {
    const count = 5_000;
    const root = wideTree(count);
    const program = start(CHECKSUM, root, '--list', '--limit', '1');
    await program.printed('stdout', /\n/);
    // It has read the directory. Far from all of its lines fit between the processes, so it is stuck.
    program.child.stdout.pause();
    rmSync(root, { recursive: true });
    program.child.stdout.resume();
    const { code, stdout, stderr } = await program.outcome;
    expect(stderr).toMatch(
      /\nchecksum: cannot read \/\S+-: no such file or directory \(ENOENT\)\n$/,
    );
    expect(lines(stdout).length).toBeLessThan(count);
    expect(code).toBe(1);
  });

  it('ends with the deadline error when the time is over, and exits with 124', async () => {
    const root = temporary();
    addEndlessFile(root);
    const { code, stdout, stderr } = await run(CHECKSUM, root, '--timeout', '1');
    expect(stderr).toMatch(/^checksum: gave up after [\d,]+ ms\n$/);
    expect(stdout).toContain('files 0 (');
    expect(code).toBe(124);
  });

  it('has nothing against a deadline that is far away', async () => {
    const { code } = await run(CHECKSUM, temporary(), '--timeout', String(2 ** 40));
    expect(code).toBe(0);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('reports what was done after a %s, and exits with %i', async (signal, expected) => {
    const root = awkwardTree();
    const done = reference('sha256sum', root);
    const endless = addEndlessFile(root);
    const program = start(CHECKSUM, root, '--list');
    await program.printed('stdout', new RegExp(`(.*\n){${done.length}}`));
    program.child.kill(signal);
    const { code, stdout, stderr } = await program.outcome;
    expect(lines(stdout).sort()).toEqual(done);
    expect(stdout).not.toContain(endless);
    expect(stderr).toContain(`files ${done.length} (`);
    expect(stderr).toMatch(new RegExp(`\nchecksum: interrupted by ${signal}\n$`));
    expect(code).toBe(expected);
  });

  it('stops when nobody reads its output any more', async () => {
    const root = wideTree(100);
    addEndlessFile(root);
    const program = start(CHECKSUM, root, '--list', '--limit', '2');
    program.child.stdout.destroy();
    const { code, stderr } = await program.outcome;
    expect(stderr).toMatch(/\nchecksum: cannot write: write EPIPE\n$/);
    expect(code).toBe(1);
  });
});

describe('checksum in a terminal', () => {
  it('shows a bar, and after Ctrl-C the picture in colours and the cursor again', async () => {
    const root = temporary();
    for (const name of ['1', '2', '3', '4', '5']) addEndlessFile(root, name);
    const typed = command(CHECKSUM, root).map((word) => `'${word}'`);
    // `script` gives it a terminal, and passes on its exit code.
    const program = new Program(['script', '-qec', typed.join(' '), '/dev/null']);
    await program.printed('stdout', /0\/5 files, \S+ [MG]B, 5 running, 1 waiting/);
    program.child.stdin.write('\u0003');
    const { code, stdout } = await program.outcome;
    const text = Buffer.from(stdout, 'latin1').toString();
    expect(text).toContain('░ 0/5 files');
    // Before the files have been counted there is no bar.
    expect(text).not.toMatch(/[█░] \d+ files/);
    expect(text.lastIndexOf('\u001B[?25h')).toBeGreaterThan(text.lastIndexOf('\u001B[?25l'));
    expect(text).toContain('    slot 1 \u001B[32m');
    expect(text).toMatch(/checksum: interrupted by SIGINT\r\n$/);
    expect(code).toBe(130);
  });
});

describe('checksum with arguments that make no sense', () => {
  it.each([
    [['--limit', '0'], '--limit expects a whole number above 0, not "0"'],
    [['--limit', 'x'], '--limit expects a whole number above 0, not "x"'],
    [['--limit=-1'], '--limit expects a whole number above 0, not "-1"'],
    [['--limit', '-1'], "Option '--limit' argument is ambiguous"],
    [['--limit'], "Option '--limit <value>' argument missing"],
    [['--timeout', 'x'], '--timeout expects a whole number above 0, not "x"'],
    [['--timeout', '0'], '--timeout expects a whole number above 0, not "0"'],
    [['--timeout', '1.5'], '--timeout expects a whole number above 0, not "1.5"'],
    [['--colour'], "Unknown option '--colour'"],
    [['--algorithm', 'crc'], 'unknown algorithm: "crc"'],
    [['/no/such/directory'], 'no such directory: /no/such/directory'],
    [[''], 'no such directory: ""'],
    [['/dev/null'], 'not a directory: /dev/null'],
    [['/', '/'], 'one DIR expected, not 2'],
  ])('says in one line what is wrong with %j, and exits with 2', async (args, message) => {
    const { code, stdout, stderr } = await run(CHECKSUM, ...args);
    expect(stderr).toBe(`checksum: ${message}\n`);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('explains itself when asked to', async () => {
    const { code, stdout, stderr } = await run(CHECKSUM, '--help', '/no/such/directory');
    expect(stdout).toMatch(/^usage: checksum \[DIR\]/);
    for (const option of ['--limit N', '--timeout MS', '--algorithm NAME', '--list']) {
      expect(stdout).toContain(option);
    }
    expect([code, stderr]).toEqual([0, '']);
  });
});
