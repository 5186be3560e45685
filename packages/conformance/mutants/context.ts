import type { Mutant } from './mutant.ts';

const cancel = 'context/src/cancel.ts';
const afterFunc = 'context/src/after-func.ts';
const face = 'context/src/face.ts';
const signal = 'context/src/signal.ts';
const timer = 'context/src/timer.ts';
const deadline = 'context/src/deadline.ts';

export const contextMutants: readonly Mutant[] = [
  {
    breach: 'callbacks run before the subtree is marked',
    file: cancel,
    edits: [
      ['if (entry instanceof CancelContext) {', 'if (false) {'],
      [
        'entry.settle?.();',
        'if (entry instanceof CancelContext) entry.cancel(ctx.cancellation!);\n        else entry.settle?.();',
      ],
    ],
  },
  {
    breach: 'a signal is aborted only when its own event comes',
    file: face,
    edits: [
      [
        'return owners.get(this)?.done() !== undefined;',
        "return Reflect.get(AbortSignal.prototype, 'aborted', this);",
      ],
    ],
  },
  {
    breach: 'a second cancellation replaces the first',
    file: cancel,
    edits: [['if (this.done()) return;\n    this.owner', 'this.owner']],
  },
  {
    breach: 'a canceled child stays on its parent',
    file: cancel,
    edits: [['this.owner?.remove(this);\n    // Most have', '// Most have']],
  },
  {
    breach: 'a child of a context that is done is live',
    file: cancel,
    edits: [['this.cancellation = parent?.done();', 'this.cancellation = undefined;']],
  },
  {
    breach: 'callbacks of a context run in the reverse order',
    file: cancel,
    edits: [
      [
        'let entry = ctx.#first; entry; entry = ctx.#first',
        'let entry = ctx.#last; entry; entry = ctx.#last',
      ],
    ],
  },
  {
    breach: 'children are told before their parents',
    file: cancel,
    edits: [
      [
        'for (const ctx of told) {\n      // A callback',
        'for (const ctx of [...told].reverse()) {\n      // A callback',
      ],
    ],
  },
  {
    breach: 'everyone who looks gets an error object of their own',
    file: cancel,
    edits: [['return (this.#error ??=', 'return (']],
  },
  {
    breach: 'a stopped callback stays on its context',
    file: afterFunc,
    edits: [['    this.owner?.remove(this);\n', '']],
  },
  {
    breach: 'a stopped callback runs all the same',
    file: afterFunc,
    edits: [
      [
        '    this.#f = undefined;\n    this.owner?.remove(this);\n    return true;',
        '    return true;',
      ],
    ],
  },
  {
    breach: 'what a callback throws reaches the canceler',
    file: afterFunc,
    edits: [['queueMicrotask(() => {\n        throw error;\n      });', 'throw error;']],
  },
  {
    breach: 'a callback on a context that is done runs before afterFunc returns',
    file: afterFunc,
    edits: [['queueMicrotask(() => registration.settle());', 'registration.settle();']],
  },
  {
    breach: 'the listener on a foreign signal is never removed',
    file: signal,
    edits: [
      ["    else if (!this.cancellation) this.#source.removeEventListener('abort', this);\n", ''],
    ],
  },
  {
    breach: 'every child of a foreign signal adds a listener',
    file: signal,
    edits: [['  owners.set(signal, ctx);\n', '']],
  },
  {
    breach: 'the reason of a foreign signal is replaced',
    file: signal,
    edits: [
      [
        'isDeadlineExceeded(reason) ? DeadlineExceededError : CanceledError,\n    reason,',
        'isDeadlineExceeded(reason) ? DeadlineExceededError : CanceledError,',
      ],
    ],
  },
  {
    breach: 'the timer of a canceled deadline runs on',
    file: timer,
    edits: [['    clock.clearTimeout(this.#timer);\n', '']],
  },
  {
    breach: 'a deadline farther away than a timer can run passes at once',
    file: timer,
    edits: [['Math.min(Math.ceil(ms), longestTimer)', 'Math.ceil(ms)']],
  },
  {
    breach: 'a child outlives the nearer deadline of its parent',
    file: deadline,
    edits: [['  if (deadline >= inherited) return withCancel(ancestor);\n', '']],
  },
  {
    breach: 'a deadline holds the process when nobody waits for it',
    file: timer,
    edits: [['    else timer.unref?.();\n', '']],
  },
];
