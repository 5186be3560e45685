import { rejectionsTable, resultsTable, type Row } from './table.ts';

const tables: Readonly<Record<string, (rows: readonly Row[]) => string>> = {
  rejections: rejectionsTable,
  results: resultsTable,
};

/** The page with its tables made anew, each between the comments that name it. */
export function withTables(page: string, rows: readonly Row[]): string {
  let text = page;
  for (const [name, table] of Object.entries(tables)) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, rest] = text.split(begin);
    const [, after] = rest?.split(end) ?? [];
    if (before === undefined || after === undefined) throw new Error(`no place for ${name}`);
    text = `${before}${begin}\n\n${table(rows)}\n\n${end}${after}`;
  }
  return text;
}
