// What tests rely on and some platforms lack. Imported before anything else.

/** As compilers of `using` do where the platform has no such symbols. */
for (const name of ['dispose', 'asyncDispose']) {
  if (!Object.hasOwn(Symbol, name)) {
    Object.defineProperty(Symbol, name, { value: Symbol.for(`Symbol.${name}`) });
  }
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
