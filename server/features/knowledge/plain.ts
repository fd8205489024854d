import { cut } from '../../platform/text.ts'

/** A Markdown text without its signs, for where it is read as it stands: a reply, a mail. Its lines and lists stay. */
export const plainOf = (markdown: string): string =>
  markdown
    .replace(/^```.*\n?/gm, '')
    .replace(/!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g, (_, words: string, to: string) =>
      to && words !== to ? `${words} (${to})` : words,
    )
    .replace(/^\s{0,3}(?:#{1,6}|>)\s+/gm, '')
    .replace(/(?<![\w*_`~])(\*{1,3}|_{1,3}|`{1,3}|~~)(?=\S)([^\n]*?\S)\1(?![\w*_`~])/g, '$2')
    .trim()

/** The first words of a Markdown text without its signs, on one line: for lists and suggestions. */
export const gistOf = (markdown: string, most = 240): string =>
  cut(
    markdown
      .slice(0, 4_000)
      .replace(/^```.*$|^\s*\|.*$/gm, '')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
      .replace(/[*_`~]{1,3}(\S)/g, '$1')
      .replace(/(\S)[*_`~]{1,3}/g, '$1')
      .replace(/\s+/g, ' ')
      .trim(),
    most,
  )
