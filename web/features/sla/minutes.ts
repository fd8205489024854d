/** '15 min', '4 h', '1 h 30 min'; never days: a day of open hours is not 24 h. */
export const minutesWords = (minutes: number): string => {
  const [h, min] = [Math.floor(minutes / 60), minutes % 60]
  if (h === 0) return `${min} min`
  return min === 0 ? `${h} h` : `${h} h ${min} min`
}

const pattern = /^(?:(\d+(?:\.\d+)?)\s*h(?:ours?)?)?\s*(?:(\d+)\s*(?:m|min|minutes?)?)?$/i

/** What somebody wrote as minutes: '15', '15 min', '4h', '1 h 30'; null for nothing, undefined for what is no length. */
export const minutesOf = (text: string): number | null | undefined => {
  const written = text.trim()
  if (written === '' || written === '–' || written === '-') return null
  const match = pattern.exec(written)
  if (!match || (match[1] === undefined && match[2] === undefined)) return undefined
  const minutes = Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0)
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= 525_600 ? minutes : undefined
}
