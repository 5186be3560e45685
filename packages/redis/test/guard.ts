import { spawn } from 'node:child_process';

/**
 * Kills process `pid` and removes `folder` when this program ends in whatever way, SIGKILL included: a shell waits
 * for the end of its input, which only this program holds open.
 *
 * @returns takes the guard off; call it when the process has ended, because its number may be given to another
 */
export function guard(pid: number, folder?: string): () => void {
  const script = 'read -r _; kill -KILL "$1"; [ -z "$2" ] || rm -rf "$2"';
  const shell = spawn('sh', ['-c', script, 'sh', String(pid), folder ?? ''], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A Ctrl-C at the terminal reaches the whole group of processes; the guard has to outlive it.
    detached: true,
  });
  shell.unref();
  return () => {
    shell.kill('SIGKILL');
  };
}
