/** How values of JIL are written: quotes are part of them, and `\:` is a colon. */

export const unescaped = (value: string): string => {
  const text = value.trim()
  return text.includes('\\') ? text.replaceAll('\\:', ':') : text
}

/** A value without the quotation marks around it, closed or not. */
export const plainValue = (value: string): string => {
  const text = unescaped(value)
  return text.includes('"') ? text.replace(/^"/, '').replace(/"$/, '').trim() : text
}

/** The parts of a list such as `"10:00, 14:00"`. */
export const listOf = (value: string): string[] =>
  unescaped(value)
    .replaceAll('"', '')
    .split(/[,\s]+/)
    .filter(Boolean)

export const flagOf = (value: string | undefined): boolean => /^"?(1|y|yes|true)"?$/i.test(value?.trim() ?? '')

/** A whole number from 0, or null. */
export const numberOf = (value: string | undefined): number | null => {
  const text = plainValue(value ?? '')
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

const quoted = new Set(['start_times', 'start_mins', 'must_start_times', 'must_complete_times', 'run_window'])

/** Whether a mark is missing. Of a command only those count that stand in no single quotes. */
export const hasOpenQuote = (key: string, value: string): boolean => {
  const text = value.replaceAll('\\"', '')
  const counted = quoted.has(key) ? text : text.replace(/'[^']*'/g, '')
  return counted.split('"').length % 2 === 0
}
