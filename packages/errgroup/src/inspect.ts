type Inspect = (value: unknown, options: object) => string;
/** `shown`: what is being shown. The console finds circles among its own objects only, but it passes options on. */
type Options = { readonly shown?: readonly unknown[] };

/** Makes `console.log` show a group, on Node, Deno and Bun, as its name and what `state` returns. */
export function inspectable<T extends object>(
  prototype: T,
  name: string,
  state: (group: T) => object,
): void {
  Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value(this: T, depth: number, { shown = [], ...options }: Options, inspect: Inspect): string {
      if (shown.includes(this)) return '[Circular]';
      return `${name} ${inspect(state(this), { ...options, depth, shown: [...shown, this] })}`;
    },
  });
}
