import type { Command, Report } from './protocol.ts';
import type { Host } from './runner.ts';

/** A worker that waits for a program. */
export function startWorker(receive: (report: Report) => void): Host {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Report>) => receive(data));
  // The worker answers for its programs; what arrives here is that it could not be loaded.
  worker.addEventListener('error', ({ message }) => {
    receive({ type: 'print', level: 'error', text: message || 'the worker could not be loaded' });
    receive({ type: 'ended' });
  });
  return {
    send: (command: Command) => worker.postMessage(command, []),
    terminate: () => worker.terminate(),
  };
}
