import type { Exports } from './exports.ts';
import type { Names } from './go-names.ts';
import { ledger, type Package } from './ledger.ts';
import type { Ported } from './titles.ts';

/** What the ledger is held to. */
export interface Facts {
  readonly names: Names;
  /** What the packages here export, by the names of their folders. */
  readonly exports: ReadonlyMap<string, Exports>;
  readonly ported: readonly Ported[];
  /** The rows of the benchmarks. */
  readonly rows: ReadonlySet<string>;
  /** The numbers of the decision records. */
  readonly decisions: ReadonlySet<number>;
}

const symbolText = /^(?:new )?(?<name>\w+)(?:\.(?<dotted>\w+)|(?<computed>\[.+\]))?(?:\(\))?$/;

/** The export and the member that `new Weighted()`, `Group.go()` or `Group[Symbol.asyncDispose]()` speaks of. */
function parseSymbol(text: string): { name: string; member: string | undefined } {
  const { name = text, dotted, computed } = symbolText.exec(text)?.groups ?? {};
  return { name, member: dotted ?? computed };
}

/** Everything in which a ledger is not true, or not complete. */
export function problemsOf(facts: Facts, packages: readonly Package[] = ledger): string[] {
  const known = Object.keys(facts.names.packages);
  const listed = new Set(packages.map(({ go }) => go));
  return [
    ...known.filter((go) => !listed.has(go)).map((go) => `${go}: not in the ledger`),
    ...packages.flatMap((each) => problemsOfOne(each, facts)),
    ...unlisted(packages, facts),
  ];
}

function problemsOfOne(of: Package, facts: Facts): string[] {
  const names = facts.names.packages[of.go] ?? {};
  const exports = facts.exports.get(of.home);
  const isExported = (text: string): boolean => {
    const { name, member } = parseSymbol(text);
    const members = exports?.get(name);
    return members !== undefined && (member === undefined || members.has(member));
  };
  const ported = new Set(facts.ported.map(({ go }) => go));
  const isPlaced = (name: string): boolean =>
    name in of.symbols || name in of.refused || name in of.rows || ported.has(name);
  const mentioned = [of.symbols, of.refused, of.rows, of.differs].flatMap(Object.keys);
  const texts = [
    ...Object.values(of.symbols).flatMap(({ here }) => (here.length > 0 ? here : ['(nothing)'])),
    ...Object.keys(of.own),
  ];
  const decisions = [
    ...Object.values(of.symbols).map((each) => each.decisions ?? []),
    ...Object.values(of.own),
    ...Object.values(of.differs),
  ].flat();
  return [
    ...Object.keys(names)
      .filter((name) => !isPlaced(name))
      .map((name) => `nothing about ${name}`),
    ...mentioned.filter((name) => !(name in names)).map((name) => `Go has no ${name}`),
    ...Object.keys(of.differs)
      .filter((name) => !ported.has(name))
      .map((name) => `differs, but is not ported: ${name}`),
    ...texts.filter((text) => !isExported(text)).map((text) => `not exported: ${text}`),
    ...Object.values(of.rows)
      .flat()
      .filter((id) => !facts.rows.has(id))
      .map((id) => `no such row: ${id}`),
    ...decisions.filter((n) => !facts.decisions.has(n)).map((n) => `no such record: ${n}`),
  ].map((text) => `${of.go}: ${text}`);
}

/** What is here, but not in the ledger. */
function unlisted(packages: readonly Package[], { ported, exports, names }: Facts): string[] {
  const all = new Set(Object.values(names.packages).flatMap(Object.keys));
  const problems = ported
    .filter(({ go }) => !all.has(go))
    .map(({ go, file }) => `${file}: Go has no ${go}`);
  for (const [home, symbols] of exports) {
    const listed = packages
      .filter((each) => each.home === home)
      .flatMap(({ symbols: there, own }) =>
        Object.values(there)
          .flatMap(({ here }) => here)
          .concat(Object.keys(own)),
      )
      .map(parseSymbol);
    for (const [name, members] of symbols) {
      const mentioned = listed.filter((each) => each.name === name).map(({ member }) => member);
      // Of a type whose members are listed, all are.
      const isOpen = mentioned.some((member) => member !== undefined);
      for (const member of isOpen ? [undefined, ...members] : [undefined]) {
        if (!mentioned.includes(member))
          problems.push(`not in the ledger: @gosync/${home}: ${name} ${member ?? ''}`);
      }
    }
  }
  return problems;
}
