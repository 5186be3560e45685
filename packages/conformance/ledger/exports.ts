import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { root } from './titles.ts';

/** What a package exports: each name, with the public members that it declares itself. */
export type Exports = ReadonlyMap<string, ReadonlySet<string>>;

function options(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(fileURLToPath(new URL('tsconfig.base.json', root)), (path) =>
    readFileSync(path, 'utf8'),
  );
  return ts.parseJsonConfigFileContent(config, ts.sys, fileURLToPath(root)).options;
}

/** `[Symbol.iterator]` for the name that the compiler gives such a member. */
function nameOf(member: ts.Symbol): string {
  const symbol = /^__@(?<name>\w+)@/.exec(member.name)?.groups?.['name'];
  return symbol === undefined ? member.name : `[Symbol.${symbol}]`;
}

function isPublic({ name, declarations = [] }: ts.Symbol): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (
    !name.startsWith('#') &&
    declarations.every((each) => (ts.getCombinedModifierFlags(each) & hidden) === 0)
  );
}

/** The exports of the given packages, by the names of their folders. */
export function exportsOf(packages: readonly string[]): Map<string, Exports> {
  const entries = packages.map((name) =>
    fileURLToPath(new URL(`packages/${name}/src/index.ts`, root)),
  );
  const program = ts.createProgram(entries, options());
  const checker = program.getTypeChecker();
  const members = (symbol: ts.Symbol): Set<string> =>
    new Set(
      checker
        .getDeclaredTypeOfSymbol(symbol)
        .getProperties()
        // Not what an error has from Error, or a function from Function.
        .filter(({ declarations = [] }) =>
          declarations.some((each) => !program.isSourceFileDefaultLibrary(each.getSourceFile())),
        )
        .filter(isPublic)
        .map(nameOf),
    );
  return new Map(
    packages.map((name, i) => {
      const file = program.getSourceFile(entries[i] ?? '');
      const module = file && checker.getSymbolAtLocation(file);
      if (!module) throw new Error(`no module: ${name}`);
      const found = checker.getExportsOfModule(module).map((symbol): [string, Set<string>] => {
        const alias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
        return [symbol.name, members(alias ? checker.getAliasedSymbol(symbol) : symbol)];
      });
      return [name, new Map(found)];
    }),
  );
}
