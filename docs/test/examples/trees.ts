import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory that is gone after the test. */
export function temporary(): string {
  const path = mkdtempSync(join(tmpdir(), 'checksum-'));
  // Not rmSync: it cannot reach what lies deeper than a path is long.
  onTestFinished(() => void execFileSync('rm', ['-rf', path]));
  return path;
}

/** A tree with everything that a file or its name can be. */
export function awkwardTree(): string {
  const root = temporary();
  const files: [string | Buffer, string | Buffer][] = [
    ['empty', ''],
    ['plain', 'hello\n'],
    ['with spaces and "quotes"', '1'],
    ['line\nbreak', '2'],
    ['back\\slash', '3'],
    ['-dash', '4'],
    ['ümlaut 日本', '5'],
    [Buffer.from('not \xff text', 'latin1'), '6'],
    ['several pieces', Buffer.alloc(5 * 1024 * 1024 + 1, 'x')],
    ['sub/empty', ''],
    ['sub/sub/deep', '7'],
  ];
  mkdirSync(join(root, 'sub/sub'), { recursive: true });
  mkdirSync(join(root, 'nothing in it'));
  for (const [name, contents] of files) {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name)]), contents);
  }
  symlinkSync('plain', join(root, 'link'));
  symlinkSync('..', join(root, 'sub/up'));
  symlinkSync('nowhere', join(root, 'dangling'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
  return root;
}

/** A tree of `count` small files in one directory, whose names are as long as names can be. */
export function wideTree(count: number): string {
  const root = temporary();
  for (let i = 0; i < count; i++) writeFileSync(join(root, String(i).padEnd(250, '-')), String(i));
  return root;
}

/** Puts a file into `root` that takes no room and takes minutes to read. */
export function addEndlessFile(root: string, name = 'endless'): string {
  const path = join(root, name);
  writeFileSync(path, '');
  truncateSync(path, 2 ** 40);
  return path;
}

/** A directory in which every name of `length` makes a path that is too long for any system call. */
export function deepDirectory(root: string, length: number): string {
  const PATH_MAX = 4096;
  let path = root;
  while (path.length + 1 + length < PATH_MAX) path = join(path, 'd'.repeat(100));
  mkdirSync(path, { recursive: true });
  return path;
}
