import type { Mutant } from './mutant.ts';

const group = 'singleflight/src/singleflight.ts';
const call = 'singleflight/src/call.ts';

export const singleflightMutants: readonly Mutant[] = [
  {
    breach: 'a second caller calls too',
    file: group,
    edits: [['    if (found) {\n', '    if (found && false) {\n']],
  },
  {
    breach: 'a call that ends removes its successor',
    file: group,
    edits: [['this.#calls.remove(key, call);\n    return', 'this.#calls.remove(key);\n    return']],
  },
  {
    breach: 'a call that all have left removes its successor',
    file: group,
    edits: [
      [
        'this.#calls.remove(key, call);\n    call.cancel',
        'this.#calls.remove(key);\n    call.cancel',
      ],
    ],
  },
  {
    breach: 'the key is still taken when the outcome is heard',
    file: group,
    edits: [
      [
        'this.#calls.remove(key, call);\n    return',
        'void (async () => {\n      for (let i = 0; i < 5; i++) await undefined;\n      this.#calls.remove(key, call);\n    })();\n    return',
      ],
    ],
  },
  {
    breach: 'the first caller that leaves ends the call for all',
    file: group,
    edits: [['|| --call.callers > 0) return;', ') return;\n    call.callers--;']],
  },
  {
    breach: 'the next caller joins a call that all have left',
    file: group,
    edits: [['    this.#calls.remove(key, call);\n    call.cancel', '    call.cancel']],
  },
  {
    breach: 'the function is not told that all have left',
    file: group,
    edits: [['    call.cancel?.(reason);\n', '']],
  },
  {
    breach: 'the function is canceled with its first caller',
    file: group,
    edits: [['withCancelCause(withoutCancel(caller))', 'withCancelCause(caller)']],
  },
  {
    breach: 'a forgotten call is joined',
    file: group,
    edits: [['    this.#calls.remove(key);\n', '']],
  },
  {
    breach: 'nobody is told that the outcome is shared',
    file: group,
    edits: [['(call.shared = call.callers > 1)', '(call.shared = false)']],
  },
  {
    breach: 'a call keeps the callers that have left',
    file: call,
    edits: [['        if (waiter) waiters.delete(waiter);\n', '']],
  },
  {
    breach: 'the callback of a caller that has heard stays on its context',
    file: call,
    edits: [['        waiter.stop();\n', '']],
  },
];
