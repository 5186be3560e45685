import type { Kind, Names } from './go-names.ts';
import { type Package, ledger } from './ledger.ts';
import type { Ported } from './titles.ts';

const introduction = `# Porting

Where everything of Go's \`context\`, of \`sync.Map\` and of golang.org/x/sync is: every exported symbol, test, example and
benchmark, or why it is not here; and every difference, with its decision record.

\`pnpm ledger\` writes this page: from the names of Go's (\`packages/conformance/ledger/go-names.json\`, which the script
\`regenerate\` beside it makes from an installation of Go), from \`ledger.ts\` there, and from the titles of the tests. A test
fails when a name of Go's is missing, when a symbol, a row or a record that is named does not exist, and when the page is not
what would be written.

How to read it:

- In the tables of symbols, — stands for what Go does not have. What differs has its decision record behind it; where
  there is none, it does what Go's does. The rules by which all signatures are translated are [0007](./decisions/0007-promises-tuples-and-throws.md), and those
  for misuse [0018](./decisions/0018-misuse-changes-nothing.md).
- A test has the file and the title of the test that was made of it. It is ported by intent: goroutines become tasks,
  sleeping becomes waiting for what is waited for. The name of Go's test stands behind the title in the file.
- A benchmark has the rows of \`packages/bench\` that measure the same work. Those that set goroutines against each other
  are measured without that: here nothing runs at the same time.
`;

/** What the page is made of besides the ledger. */
export interface Sources {
  readonly names: Names;
  readonly ported: readonly Ported[];
  /** The files of the decision records. */
  readonly records: readonly string[];
}

/** The text of docs/porting.md. */
export function page({ names, ported, records }: Sources): string {
  const link = (n: number): string => {
    const number = String(n).padStart(4, '0');
    return `[${number}](./decisions/${records.find((file) => file.startsWith(number))})`;
  };
  const links = (numbers: readonly number[] = []): string => numbers.map(link).join(', ');
  const placesOf = (name: string, { differs }: Package): string[] =>
    ported
      .filter(({ go }) => go === name)
      .map(({ file, title }) => {
        const records_ = name in differs ? ` — differs: ${links(differs[name])}` : '';
        return `- \`${name}\`: \`${file}\`: ${title}${records_}`;
      });
  const itemsOf = (name: string, of: Package): string[] => {
    const reason = of.refused[name];
    const rows = of.rows[name];
    if (reason !== undefined) return [`- \`${name}\`: not here: ${reason}`];
    if (rows) return [`- \`${name}\`: ${rows.map((id) => `\`${id}\``).join(', ')}`];
    return placesOf(name, of);
  };
  const section = (of: Package): string[] => {
    const all = Object.entries(names.packages[of.go] ?? {});
    const ofKind = (kind: Kind): string[] =>
      all.filter(([, each]) => each === kind).map(([name]) => name);
    const list = (title: string, kind: Kind): string[] => {
      const items = ofKind(kind).flatMap((name) => itemsOf(name, of));
      return items.length > 0 ? [`### ${title} of ${of.go}`, items.join('\n')] : [];
    };
    return [
      `## ${of.go}`,
      `Here: \`@gosync/${of.home}\`.`,
      `### Symbols of ${of.go}`,
      [
        '| Go | here | differs |',
        '| --- | --- | --- |',
        ...Object.entries(of.symbols).map(
          ([name, { here, decisions }]) =>
            `| \`${name}\` | ${here.map((text) => `\`${text}\``).join(', ')} | ${links(decisions)} |`,
        ),
        ...Object.entries(of.own).map(
          ([text, decisions]) => `| — | \`${text}\` | ${links(decisions)} |`,
        ),
      ].join('\n'),
      ...list('Tests', 'test'),
      ...list('Examples', 'example'),
      ...list('Benchmarks', 'benchmark'),
    ];
  };
  const version = `The names come from ${names.go.replace('go', 'Go ')} and x/sync ${names.xsync}.`;
  return [introduction, version, count(names), ...ledger.flatMap(section)].join('\n\n');
}

/** How many of Go's tests are ported. */
function count({ packages }: Names): string {
  const tests = ledger.flatMap(({ go, refused }) =>
    Object.entries(packages[go] ?? {})
      .filter(([, kind]) => kind === 'test')
      .map(([name]) => name in refused),
  );
  const refused = tests.filter(Boolean).length;
  return `Of ${tests.length} tests, ${tests.length - refused} are ported and ${refused} refused.`;
}
