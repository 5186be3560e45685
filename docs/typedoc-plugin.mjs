// @ts-check
import { Converter } from 'typedoc';
import { MarkdownPageEvent } from 'typedoc-plugin-markdown';

/**
 * Makes the reference shorter to read: overloads share one comment, and what is said of a symbol (parameters, returns,
 * throws, see) has no heading of its own, so that the outline of a page lists symbols alone.
 *
 * @param {import('typedoc-plugin-markdown').MarkdownApplication} app
 */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      const [first, ...others] = reflection.isDeclaration() ? (reflection.signatures ?? []) : [];
      for (const other of others) {
        if (other.comment && first?.comment && other.comment.similarTo(first.comment)) {
          delete other.comment;
        }
      }
    }
  });
  app.renderer.on(MarkdownPageEvent.END, (page) => {
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
      .replaceAll(/^#+ See( \{.*)?\n\nGo: /gm, '**In Go:** ')
      .replaceAll(/(?<!\()https:\/\/github\.com\/golang\/\S+?\/([\w-]+\.go)#L(\d+)/g, '[$1:$2]($&)')
      .replaceAll(/^Defined in: \[(?:[^\]]*\/)?(.*)$/gm, '<small>[$1</small>');
  });
}
