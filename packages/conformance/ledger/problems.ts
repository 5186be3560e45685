import { existsSync } from 'node:fs';
import type { Exports } from './exports.ts';
import { codes, type Entry, root, type Section, sectionsOf } from './page.ts';
import type { Ported } from './titles.ts';

export type Kind = 'symbol' | 'test' | 'example' | 'benchmark';

/** What the page is held to. */
export interface Facts {
  /** What Go has: the kinds of names, by package. */
  readonly names: Readonly<Record<string, Readonly<Record<string, Kind>>>>;
  /** What the packages here export, by the names of their folders. */
  readonly exports: ReadonlyMap<string, Exports>;
  readonly ported: readonly Ported[];
  /** The rows of the benchmarks. */
  readonly rows: ReadonlySet<string>;
}

const allowed: Readonly<Record<Kind, readonly Entry['kind'][]>> = {
  symbol: ['here'],
  test: ['test', 'refused'],
  example: ['test', 'refused'],
  benchmark: ['rows', 'refused'],
};

const symbolText = /^(?:new )?(?<name>\w+)(?:\.(?<dotted>\w+)|(?<computed>\[.+\]))?(?:\(\))?$/;

/** The export and the member that `new Weighted()`, `Group.go()` or `Group[Symbol.asyncDispose]()` speaks of. */
function parseSymbol(text: string): { name: string; member: string | undefined } {
  const { name = text, dotted, computed } = symbolText.exec(text)?.groups ?? {};
  return { name, member: dotted ?? computed };
}

function isExported(text: string, exports: Exports | undefined): boolean {
  const { name, member } = parseSymbol(text);
  const members = exports?.get(name);
  return members !== undefined && (member === undefined || members.has(member));
}

/** Everything in which docs/porting.md is not true, or not complete. */
export function problemsOf(page: string, facts: Facts): string[] {
  const sections = sectionsOf(page);
  const problems: string[] = [];
  for (const [go, names] of Object.entries(facts.names)) {
    const section = sections.get(go);
    if (section) problems.push(...sectionProblems(go, names, section, facts));
    else problems.push(`${go}: no section`);
  }
  for (const name of sections.keys()) {
    if (!(name in facts.names)) problems.push(`${name}: not a package of Go's`);
  }
  return [...problems, ...unlisted([...sections.values()], facts)];
}

function sectionProblems(
  go: string,
  names: Facts['names'][string],
  { home, entries, own }: Section,
  facts: Facts,
): string[] {
  const problems: string[] = [];
  for (const [name, kind] of Object.entries(names)) {
    const found = entries.get(name) ?? [];
    if (found.length === 0) problems.push(`${go}: nothing about ${kind} ${name}`);
    for (const entry of found) {
      if (!allowed[kind].includes(entry.kind)) problems.push(`${go}: ${name} is a ${kind}`);
      problems.push(...missing(name, home, entry, facts).map((text) => `${go}: ${name}: ${text}`));
    }
  }
  for (const name of entries.keys()) {
    if (!(name in names)) problems.push(`${go}: Go has no ${name}`);
  }
  const exports = facts.exports.get(home);
  const unknown = own.filter((text) => !isExported(text, exports));
  return [...problems, ...unknown.map((text) => `${go}: not exported: ${text}`)];
}

/** The places of an entry that do not exist. */
function missing(name: string, home: string, entry: Entry, facts: Facts): string[] {
  if (entry.kind === 'here') {
    const exports = facts.exports.get(home);
    const unknown = entry.symbols.filter((text) => !isExported(text, exports));
    if (entry.symbols.length === 0) unknown.push('(nothing)');
    return unknown.map((text) => `not exported: ${text}`);
  }
  if (entry.kind === 'rows') {
    return entry.rows.filter((id) => !facts.rows.has(id)).map((id) => `no such row: ${id}`);
  }
  if (entry.kind === 'refused') {
    // A reason may point somewhere, too.
    return codes(entry.reason)
      .filter((text) => text.includes('/') && !existsSync(new URL(text, root)))
      .map((text) => `no such file: ${text}`);
  }
  const exists = facts.ported.some((test) => test.go === name && isAt(test, entry));
  return exists ? [] : [`no such test: ${entry.file}: ${entry.title}`];
}

function isAt(test: Ported, place: { readonly file: string; readonly title: string }): boolean {
  return test.file === place.file && test.title === place.title;
}

/** What is here, but not on the page. */
function unlisted(sections: readonly Section[], { ported, exports }: Facts): string[] {
  const entries = sections.flatMap((section) => [...section.entries]);
  const isOnPage = (test: Ported): boolean =>
    entries.some(
      ([name, places]) =>
        name === test.go && places.some((entry) => entry.kind === 'test' && isAt(test, entry)),
    );
  const problems = ported
    .filter((test) => !isOnPage(test))
    .map(({ go, file, title }) => `not on the page: ${go}: ${file}: ${title}`);
  for (const [home, names] of exports) {
    const listed = sections.filter((section) => section.home === home).flatMap(symbolsOf);
    for (const [name, members] of names) {
      const mentioned = listed.filter((each) => each.name === name).map(({ member }) => member);
      // Of a type whose members are on the page, all are.
      const isOpen = mentioned.some((member) => member !== undefined);
      const wanted = isOpen ? [undefined, ...members] : [undefined];
      for (const member of wanted.filter((each) => !mentioned.includes(each))) {
        problems.push(`not on the page: @gosync/${home}: ${name} ${member ?? ''}`);
      }
    }
  }
  return problems;
}

function symbolsOf({ own, entries }: Section): ReturnType<typeof parseSymbol>[] {
  const here = [...entries.values()].flat();
  const symbols = here.flatMap((entry) => (entry.kind === 'here' ? entry.symbols : []));
  return [...own, ...symbols].map(parseSymbol);
}
