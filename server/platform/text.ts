/** PostgreSQL stores no NUL in text or jsonb; it is replaced by the replacement character, so that it is still seen. */
export const withoutNul = (json: string): string => json.replaceAll('\\u0000', '\\ufffd').replaceAll('\u0000', '\ufffd')

/** Cuts to `max` UTF-16 units without splitting a surrogate pair, and says so with an ellipsis. */
export const cut = (text: string, max: number): string => {
  if (text.length <= max) return text
  const edge = /[\uD800-\uDBFF]/.test(text.charAt(max - 2)) ? max - 2 : max - 1
  return `${text.slice(0, edge)}…`
}

/** Several lines as one: a semicolon stands where a line ended without a mark of its own. */
export const oneLine = (text: string): string =>
  text
    .trim()
    .replace(/([^\s.,;:!?])?\s*\n\s*/g, (_, last?: string) => (last ? `${last}; ` : ' '))
    .replace(/\s+/g, ' ')

/** With the full stop that it may lack. */
export const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)
