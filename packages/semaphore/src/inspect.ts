/** What `console.log` calls, in Node and Bun, and in Deno. */
const names = ['nodejs.util.inspect.custom', 'Deno.customInspect'];

/** Lets `console.log` show an instance of the class as its name and these of its properties. */
export function inspectable<T extends object>(
  prototype: T,
  name: string,
  properties: readonly (keyof T & string)[],
): void {
  const value = function inspect(this: T): string {
    return `${name} { ${properties.map((key) => `${key}: ${String(this[key])}`).join(', ')} }`;
  };
  for (const symbol of names) Object.defineProperty(prototype, Symbol.for(symbol), { value });
}
