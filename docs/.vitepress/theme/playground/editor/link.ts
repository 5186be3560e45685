// In JavaScript: a site may forbid WebAssembly.
import { parse } from 'es-module-lexer/js';

/**
 * Rewrites what `source` imports to where it is: `addresses` has it by name. The lines stay where they are.
 *
 * @throws Error when there is no such name; whatever the parser throws when `source` cannot be read.
 */
export function link(source: string, addresses: Readonly<Record<string, string>>): string {
  const [imports] = parse(source);
  let linked = '';
  let at = 0;
  // Absent for `import.meta` and for what is imported by a name that only running it tells.
  for (const { n: name, s: start, e: end, d: dynamic } of imports) {
    if (name === undefined) continue;
    const address = addresses[name];
    if (address === undefined) throw new Error(`no package here is called ${JSON.stringify(name)}`);
    const quoted = dynamic >= 0 ? JSON.stringify(address) : address;
    linked += source.slice(at, start) + quoted;
    at = end;
  }
  return linked + source.slice(at);
}
