// @ts-check
import { Converter, ReflectionGroup } from 'typedoc';
import { MarkdownPageEvent, MarkdownRendererEvent } from 'typedoc-plugin-markdown';

/**
 * What a page begins with; all else follows in the order of the sources.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const leading = {
  '@gosync/context': [
    'Context',
    'ContextLike',
    'background',
    'withCancel',
    'withCancelCause',
    'withTimeout',
    'withTimeoutCause',
    'withDeadline',
    'withDeadlineCause',
    'cause',
    'afterFunc',
    'createKey',
    'withValue',
    'withoutCancel',
    'wait',
    'sleep',
    'throwIfDone',
    'from',
  ],
  '@gosync/semaphore': ['Weighted'],
  '@gosync/errgroup': ['withContext', 'Group'],
  '@gosync/tasks': ['all', 'allSettled', 'any', 'map', 'stream'],
  '@gosync/redis': ['Session', 'SharedWeighted', 'SharedPermit', 'SharedGroup'],
};

/**
 * The symbols of a package, those to know first before the others.
 *
 * @param {import('typedoc').DeclarationReflection} module
 */
function inOrder({ name, children = [] }) {
  const begin = (leading[name] ?? []).map((symbol) => {
    const found = children.find((child) => child.name === symbol);
    if (!found) throw new Error(`no ${symbol} in ${name}`);
    return found;
  });
  return [...begin, ...children.filter((child) => !begin.includes(child))];
}

/**
 * The first page: what each package is for, in the first paragraph of its documentation.
 *
 * @param {import('typedoc').ProjectReflection} project
 */
function overview({ children = [] }) {
  const packages = children.map(({ name, comment }) => {
    const text = (comment?.summary ?? []).map((part) => part.text).join('');
    const [paragraph] = text.split('\n\n');
    const page = `./${name.replace('@gosync/', '')}.md`;
    return `## [${name}](${page})\n\n${paragraph}\n`;
  });
  return `# API\n\nEach symbol, with an example and its counterpart in Go.\n\n${packages.join('\n')}`;
}

/**
 * Makes the reference shorter to read: the most important symbols come first, overloads share one comment, and what is
 * said of a symbol (parameters, returns, throws, see) has no heading of its own, so that the outline of a page lists
 * symbols alone.
 *
 * @param {import('typedoc-plugin-markdown').MarkdownApplication} app
 */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      // That a name may be assigned to, as to that of any error, is not worth a heading.
      if (reflection.isDeclaration() && reflection.setSignature && !reflection.setSignature.comment)
        project.removeReflection(reflection.setSignature);
      const [first, ...others] = reflection.isDeclaration() ? (reflection.signatures ?? []) : [];
      for (const other of others) {
        if (other.comment && first?.comment && other.comment.similarTo(first.comment)) {
          delete other.comment;
        }
      }
    }
  });
  app.renderer.on(MarkdownRendererEvent.BEGIN, ({ project }) => {
    for (const module of project.children ?? []) {
      const all = new ReflectionGroup('all', module);
      all.children = inOrder(module);
      module.groups = [all];
    }
  });
  app.renderer.on(MarkdownPageEvent.END, (page) => {
    if (page.model.isProject()) page.contents = overview(page.model);
    page.contents = page.contents
      ?.replaceAll(
        /^#+ (?:Call Signature|Get Signature|Constructors|Methods|Accessors|Properties).*\n\n/gm,
        '',
      )
      // What the platform says of its own types is not ours to repeat.
      .replaceAll(
        /^#+ (?:Overrides|Inherited from|Implementation of|Implements|Extends).*\n\n.*\n\n?/gm,
        '',
      )
      .replaceAll(/^####+ /gm, '### ')
      .replaceAll(/^#+ Examples?( \{.*)?\n\n(?:\*\*(.+)\*\*\n)?/gm, (_, _anchor, title) =>
        title ? `**Example:** ${title}\n` : '**Example**\n\n',
      )
      .replaceAll(/^#+ (Parameters|Type Parameters|Returns|Throws)( \{.*)?\n\n/gm, '**$1**\n\n')
      // A type alone: the signature has it.
      .replaceAll(/^\*\*Returns\*\*\n\n.*\n\n(?=#|\*\*|\*\*\*)/gm, '')
      .replaceAll(/^#+ See( \{.*)?\n\nGo: /gm, '**In Go:** ')
      .replaceAll(/(?<!\()https:\/\/github\.com\/golang\/\S+?\/([\w-]+\.go)#L(\d+)/g, '[$1:$2]($&)')
      .replaceAll(/^Defined in: \[(?:[^\]]*\/)?(.*)$/gm, '<small>[$1</small>');
  });
}
