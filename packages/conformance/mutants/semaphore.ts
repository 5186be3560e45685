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
    edits: [['if (exit !== undefined && exit.reason !== undefined) {', 'if (false) {']],
  },
  {
    breach: 'a context that is done acquires when there is room',
    file: queue,
    edits: [['      if (reason !== undefined) return Promise.reject(reason);\n', '']],
  },
  {
    breach: 'a waiter that leaves lets in nobody behind it',
    file: queue,
    edits: [
      [
        '          this.#drop(waiter, exit);\n          this.#letIn();',
        '          this.#drop(waiter, exit);',
      ],
    ],
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
    edits: [['exit.leave(exit.reason);', "exit.leave(new Error('left'));"]],
  },
  {
    breach: 'the callback of a granted waiter stays on its context',
    file: list,
    edits: [['    this.exit?.stop();\n', '']],
  },
  {
    breach: 'a permit that is released twice gives back twice',
    file: 'semaphore/src/permit.ts',
    edits: [['    this.#semaphore = undefined;\n', '']],
  },
  {
    breach: 'a function that fails keeps its units',
    file: 'semaphore/src/semaphore.ts',
    edits: [
      [
        '    try {\n      return await f();\n    } finally {\n      this.release(n);\n    }',
        '    const result = await f();\n    this.release(n);\n    return result;',
      ],
    ],
  },
];
