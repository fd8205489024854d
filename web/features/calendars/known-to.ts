const day = 86_400_000
const nearDays = 30

/** '31 Dec 2027' */
const dateWords = (date: string): string =>
  new Date(`${date}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })

/** 'known to 31 Dec 2026, 30 days left': until when holidays are known, and whether that is soon. */
export const knownTo = (date: string, now: number): { words: string; near: boolean } => {
  const days = Math.round((Date.parse(`${date}T00:00:00Z`) - Math.floor(now / day) * day) / day)
  const near = days <= nearDays
  const words = `known to ${dateWords(date)}`
  if (!near) return { words, near }
  const left =
    days < 0 ? 'and not after it' : days === 0 ? 'which is today' : `${days} ${days === 1 ? 'day' : 'days'} left`
  return { words: `${words}, ${left}`, near }
}
