// What tests rely on and some platforms lack. Imported before anything else.

/** The well-known symbols that were not there. */
export const lacked: readonly string[] = ['dispose', 'asyncDispose'].filter(
  (name) => !Object.hasOwn(Symbol, name),
);

// As compilers of `using` do.
for (const name of lacked) {
  Object.defineProperty(Symbol, name, { value: Symbol.for(`Symbol.${name}`) });
}

if (typeof setImmediate === 'undefined') {
  const waiting: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  Object.assign(globalThis, {
    // A macrotask, which no fake clock holds up.
    setImmediate(f: () => void) {
      waiting.push(f);
      port2.postMessage(undefined);
    },
  });
}
