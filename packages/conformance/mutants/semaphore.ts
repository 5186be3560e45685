import type { Mutant } from './mutant.ts';

const queue = 'semaphore/src/queue.ts';
const list = 'semaphore/src/list.ts';

export const semaphoreMutants: readonly Mutant[] = [
  {
    breach: 'a small request overtakes those who wait',
    file: queue,
    edits: [[' || this.waiters.length > 0', '']],
  },
  {
    breach: 'small waiters are let in past a large one',
    file: queue,
    edits: [
      [
        'for (let waiter = waiters.first; waiter; waiter = waiters.first) {',
        'for (let waiter = waiters.first, next = waiter?.next; waiter; waiter = next, next = waiter?.next) {',
      ],
      ['      } else {\n        return;\n      }', '      }'],
    ],
  },
  {
    breach: 'a waiter is granted although its context is done',
    file: queue,
    edits: [['if (reason !== undefined) {\n        // Its', 'if (false) {\n        // Its']],
  },
  {
    breach: 'a context that is done acquires when there is room',
    file: queue,
    edits: [['      if (reason !== undefined) return Promise.reject(reason);\n', '']],
  },
  {
    breach: 'a waiter that leaves lets in nobody behind it',
    file: queue,
    edits: [['this.#drop(waiter, reason);\n    this.#letIn();', 'this.#drop(waiter, reason);']],
  },
  {
    breach: 'a release lets in one waiter only',
    file: queue,
    edits: [['        waiter.grant();', '        waiter.grant();\n        return;']],
  },
  {
    breach: 'units are taken when the waiter resumes, not when it is granted',
    file: queue,
    edits: [
      [
        '        this.held += waiter.n;\n        waiter.grant();',
        '        const { n } = waiter;\n        queueMicrotask(() => (this.held += n));\n        waiter.grant();',
      ],
    ],
  },
  {
    breach: 'more is released than is held',
    file: queue,
    edits: [['if (n > this.held) {', 'if (false) {']],
  },
  {
    breach: 'a request for more than there is holds up everybody',
    file: queue,
    edits: [
      [
        'return n > this.size ? this.#doomed(ctx, n) : this.#queue(ctx, n, value);',
        'return this.#queue(ctx, n, value);',
      ],
    ],
  },
  {
    breach: 'a wait rejects with something else than the cause',
    file: queue,
    edits: [['waiter.leave(reason);', "waiter.leave(new Error('left'));"]],
  },
  {
    breach: 'the callback of a granted waiter stays on its context',
    file: list,
    edits: [['    if (!watch.first) watch.stop();\n', '']],
  },
  {
    breach: 'a granted waiter takes the callback of its neighbors with it',
    file: list,
    edits: [['    if (!watch.first) watch.stop();', '    watch.stop();']],
  },
  {
    breach: 'waiters share a callback past others that stand between them',
    file: queue,
    edits: [
      [
        'let watch = waiters.last?.watch;',
        'let watch: Watch | undefined;\n      for (let at = waiters.first; at; at = at.next) if (at.watch?.ctx === ctx) watch = at.watch;',
      ],
    ],
  },
  {
    breach: 'only one of the waiters under a context hears of its end',
    file: queue,
    edits: [
      [
        'for (let waiter = watch.first; waiter; waiter = watch.first) this.#drop',
        'const waiter = watch.first;\n    if (waiter) this.#drop',
      ],
    ],
  },
  {
    breach: 'a permit that is released twice gives back twice',
    file: 'semaphore/src/permit.ts',
    edits: [['    this.#semaphore = undefined;\n', '']],
  },
  {
    breach: 'a function that fails keeps its units',
    file: 'semaphore/src/semaphore.ts',
    edits: [['      if (n <= this.#queue.held) this.release(n);\n', '']],
  },
];
