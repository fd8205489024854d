import { cut } from '../../platform/text.ts'

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
