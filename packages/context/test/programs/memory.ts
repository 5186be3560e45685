import { afterFunc, background, withCancel } from '@gosync/context';

const rounds = 1_000_000;

/** Bytes in use after all garbage is gone. */
function used(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Prints by how much `rounds` times `once` let the heap grow. */
function measure(once: () => void): void {
  // Compiles everything that will run, so that code does not count.
  for (let i = 0; i < 10_000; i++) once();
  const before = used();
  for (let i = 0; i < rounds; i++) once();
  console.log(used() - before);
}

const parts: Record<string, () => void> = {
  'own parent'() {
    const [parent] = withCancel(background());
    measure(() => withCancel(parent)[1]());
  },
  'foreign signal'() {
    const { signal } = new AbortController();
    // One that stays, so that the listener does too.
    withCancel(signal);
    measure(() => withCancel(signal)[1]());
  },
  callbacks() {
    const [parent] = withCancel(background());
    measure(() => afterFunc(parent, () => {})());
  },
};

parts[process.argv[2] ?? '']?.();
