import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cases, version } from '../libraries.ts';
import { withTables } from '../page.ts';
import { nodes } from '../run.ts';
import type { Row } from '../table.ts';

const docs = join(import.meta.dirname, '../../../docs');

describe('the page about clients', () => {
  const page = readFileSync(join(docs, 'clients.md'), 'utf8');
  const rows: Row[] = JSON.parse(readFileSync(join(docs, 'data/clients.json'), 'utf8'));

  it('shows the tables of the last run', () => {
    expect(withTables(page, rows)).toBe(page);
  });

  it('shows every case on each Node, all as expected', () => {
    expect(rows).toHaveLength(cases([]).length);
    for (const { library, problems } of rows)
      expect({ library, problems }).toEqual({
        library,
        problems: Object.fromEntries(nodes.map((node) => [node, []])),
      });
  });

  it('shows the versions that are installed', () => {
    const old = rows.filter(
      (row) => row.library !== 'Node' && row.version !== version(row.library),
    );
    expect(old).toEqual([]);
  });

  it('has a place for each table', () => {
    expect(() => withTables('no marks', rows)).toThrow('no place for rejections');
  });
});
