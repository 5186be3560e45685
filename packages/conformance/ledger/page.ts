import { existsSync, readFileSync } from 'node:fs';

/** The root of the repository. */
export const root: URL = new URL('../../../', import.meta.url);

/** What docs/porting.md says of one name of Go's. */
export type Entry =
  | { readonly kind: 'here'; readonly symbols: readonly string[] }
  | { readonly kind: 'test'; readonly file: string; readonly title: string }
  | { readonly kind: 'rows'; readonly rows: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** What the page says of one of Go's packages. */
export interface Section {
  /** The package here whose symbols it names. */
  readonly home: string;
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** Symbols of this package that Go's has not. */
  readonly own: readonly string[];
}

const codeSpan = /`(?<text>[^`]+)`/g;
const tableRow = /^\| (?:`(?<name>[\w.]+)`|—) +\| (?<here>.*?) +\|/;
const listItem = /^- `(?<name>\w+)`: (?<rest>.+)$/;
const place = /^`(?<file>[\w./-]+\.test\.ts)`: (?<title>.+?)(?: — differs: .+)?$/;
const reason = /^(?:refused|not measured): (?<reason>.+)$/;

/** What stands between backticks. */
export function codes(text: string): string[] {
  return [...text.matchAll(codeSpan)].map((match) => match.groups?.['text'] ?? '');
}

function symbolEntry(text = ''): Entry {
  return { kind: 'here', symbols: codes(text) };
}

function itemEntry(text = ''): Entry {
  const { file, title } = place.exec(text)?.groups ?? {};
  if (file !== undefined && title !== undefined) return { kind: 'test', file, title };
  const why = reason.exec(text)?.groups?.['reason'];
  if (why !== undefined) return { kind: 'refused', reason: why };
  if (/^rows? `/.test(text)) return { kind: 'rows', rows: codes(text) };
  throw new Error(`docs/porting.md: not an entry: ${text}`);
}

/** Reads the page: its sections by the names of Go's packages. */
export function sectionsOf(page: string): Map<string, Section> {
  const sections = new Map<string, Section>();
  // What stands before the first heading of the second level is for people.
  for (const part of page.split(/^## /m).slice(1)) {
    const entries = new Map<string, Entry[]>();
    const own: string[] = [];
    const [name = '', ...lines] = part.split('\n');
    for (const line of lines) {
      const row = tableRow.exec(line)?.groups;
      const item = listItem.exec(line)?.groups;
      const entry = row ? symbolEntry(row['here']) : item && itemEntry(item['rest']);
      if (!entry) continue;
      const of = row?.['name'] ?? item?.['name'];
      if (of !== undefined) entries.set(of, [...(entries.get(of) ?? []), entry]);
      else if (entry.kind === 'here') own.push(...entry.symbols);
    }
    const home = /^Here: `@gosync\/(?<home>\w+)`\.$/m.exec(part)?.groups?.['home'] ?? '';
    sections.set(name, { home, entries, own });
  }
  return sections;
}

const links = /\]\((?<target>[^)\s]+)\)/g;
const repository = /^https:\/\/github\.com\/gosync\/gosync\/(?:blob|tree)\/main\/(?<path>[^#]+)/;

/** The links of a page of Markdown to files of this repository that are not there. */
export function deadLinks(file: string): string[] {
  const url = new URL(file, root);
  return [...readFileSync(url, 'utf8').matchAll(links)]
    .map((match) => match.groups?.['target'] ?? '')
    .filter((target) => {
      const path = repository.exec(target)?.groups?.['path'];
      if (path !== undefined) return !existsSync(new URL(path, root));
      if (/^(?:\w+:|#)/.test(target)) return false;
      return !existsSync(new URL(target.replace(/#.*/, ''), url));
    });
}
