// How a changeset reads in the changelogs: its text, and a link to the pull request or commit it came with. Asks git
// alone, so that a release needs neither a network nor a token for it.
const { execFileSync } = require('node:child_process');

/** @param {string} commit */
function subjectOf(commit) {
  return execFileSync('git', ['log', '-1', '--format=%s', commit], { encoding: 'utf8' });
}

/**
 * @param {string | undefined} commit
 * @param {string} repository
 */
function link(commit, repository) {
  if (commit === undefined) return '';
  // The pull request is where the discussion is; merging by squash leaves its number in the subject.
  const [, pull] = /\(#(\d+)\)$/.exec(subjectOf(commit).trim()) ?? [];
  return pull === undefined
    ? ` ([${commit.slice(0, 7)}](${repository}/commit/${commit}))`
    : ` ([#${pull}](${repository}/pull/${pull}))`;
}

/** @type {import('@changesets/types').ChangelogFunctions} */
module.exports = {
  async getReleaseLine({ summary, commit }, _type, { repository }) {
    const [first, ...rest] = summary.trim().split('\n');
    const lines = [`- ${first}${link(commit, repository)}`, ...rest.map((line) => `  ${line}`)];
    return lines.map((line) => line.trimEnd()).join('\n');
  },

  async getDependencyReleaseLine(_changesets, dependencies, { repository }) {
    return dependencies
      .map(({ name, newVersion }) => {
        const page = `packages/${name.replace(/^.*\//, '')}/CHANGELOG.md`;
        const anchor = newVersion.replaceAll('.', '');
        return `- Depends on [${name} ${newVersion}](${repository}/blob/main/${page}#${anchor}).`;
      })
      .join('\n');
  },
};
