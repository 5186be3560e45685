import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { commit, machine, packages } from './machine.mjs';
/** @import { Row } from './row.mjs' */
/** @import { Result } from './run.mjs' */

/** @typedef {Pick<Row, 'id' | 'title' | 'per' | 'unit' | 'targets' | 'sizes' | 'why'>} Subject */

/**
 * All that a run found, and what it depends on.
 * @typedef {object} Report
 * @property {string} command
 * @property {string} commit
 * @property {string} date
 * @property {ReturnType<typeof machine>} machine
 * @property {string | null} go
 * @property {{ [name: string]: string }} packages
 * @property {readonly Subject[]} rows what was measured
 * @property {{ node: string, results: Result[] }[]} runs
 */

/**
 * The last report of each kind of processor, the newest first.
 * @param {string} folder
 * @returns {Report[]}
 */
export function reports(folder) {
  return readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .sort((a, b) => b.date.localeCompare(a.date));
}

/**
 * A report whose runs have no results yet.
 * @param {readonly string[]} words of the command line
 * @param {readonly string[]} nodes the binaries
 * @param {string | null} go
 * @param {readonly Row[]} rows
 * @returns {Report}
 */
export function start(words, nodes, go, rows) {
  return {
    // Where a binary or a file is says nothing to others.
    command: ['pnpm bench', ...words.map((word) => basename(word))].join(' '),
    commit: commit(),
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    go,
    packages: packages(),
    rows: rows.map(({ id, title, per, unit, targets, sizes, why }) => ({
      id,
      title,
      per,
      unit,
      targets,
      ...(sizes && { sizes }),
      ...(why && { why }),
    })),
    runs: nodes.map((node) => ({
      node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
      results: [],
    })),
  };
}
