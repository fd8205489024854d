export type Hours = { from: string; to: string }

/** '08:00–12:00, 13:00–18:00'; nothing is closed. */
export const hoursWords = (open: readonly Hours[]): string => open.map(({ from, to }) => `${from}–${to}`).join(', ')

const clock = (text: string): string | undefined => {
  const match = /^(\d{1,2})(?::?(\d{2}))?$/.exec(text.trim())
  if (!match) return undefined
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)]
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** What somebody wrote as open hours: '8-18', '08:00–12:00, 13:00-18:00', 'closed'; undefined when it cannot be read. */
export const hoursOf = (text: string): Hours[] | undefined => {
  const written = text.trim().toLowerCase()
  if (written === '' || written === 'closed' || written === '–') return []
  if (written === 'all day') return [{ from: '00:00', to: '24:00' }]
  const spans = written.split(/[,;]/).map((part) => {
    const [a, b, more] = part.split(/[-–]|\bto\b/)
    const [from, to] = [clock(a ?? ''), clock(b ?? '')]
    return from && to && more === undefined && from < to ? { from, to } : undefined
  })
  return spans.every((span) => span !== undefined) ? (spans as Hours[]) : undefined
}
