import type { Mutant } from './mutant.ts';

const file = 'errgroup/src/tasks.ts';

export const errgroupMutants: readonly Mutant[] = [
  {
    breach: 'wait settles when the first task has ended',
    file,
    edits: [
      ['this.#active > 0 || this.#settle === undefined', 'this.#settle === undefined'],
      ['    if (this.#active > 0) return;\n    this.#settle?.();', '    this.#settle?.();'],
    ],
  },
  {
    breach: 'wait does not wait for what is queued',
    file,
    edits: [
      ['    this.#active++;\n    if (!room) {', '    if (room) this.#active++;\n    if (!room) {'],
      ['    this.#queued--;\n', '    this.#queued--;\n    this.#active++;\n'],
    ],
  },
  {
    breach: 'a later error replaces the first',
    file,
    edits: [['    if (this.#failure) return;\n', '']],
  },
  {
    breach: 'an error does not cancel the context',
    file,
    edits: [['    this.cancel?.(error);\n', '']],
  },
  {
    breach: 'the context lives on when the group has ended',
    file,
    edits: [
      [
        '    this.cancel?.();\n    if (this.#active > 0) return;',
        '    if (this.#active > 0) return;',
      ],
    ],
  },
  {
    breach: 'a task is started past one that was let in before it',
    file,
    edits: [['return this.#queued === 0 && limit.tryAcquire();', 'return limit.tryAcquire();']],
  },
  {
    breach: 'one task more than the limit runs',
    file,
    edits: [['new Weighted(n)', 'new Weighted(n + 1)']],
  },
  {
    breach: 'the limit is changed while tasks run',
    file,
    edits: [['    if (this.#active > 0) {\n      // Those', '    if (false) {\n      // Those']],
  },
  {
    breach: 'what is queued is dropped after an error',
    file,
    edits: [
      [
        '    this.#queued--;\n    this.#start(f);',
        '    this.#queued--;\n    if (this.#failure) this.#end();\n    else this.#start(f);',
      ],
    ],
  },
  {
    breach: 'a task that ends gives its room to nobody',
    file,
    edits: [['    this.#limit?.release();\n', '']],
  },
  {
    breach: 'a promise with a `then` of its own ends its task twice',
    file,
    edits: [
      [
        'void then.call(Promise.resolve(result), this.#ended, this.#failed);',
        'void Promise.resolve(result).then(this.#ended, this.#failed);',
      ],
    ],
  },
];
