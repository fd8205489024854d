import type { CtmJob } from './shape.ts'

/** Times of a day in Control-M, in minutes. */

export const DAY = 1_440
/**
 * When Control-M begins a business date. No file says it; 07:00 is what it is installed with. A time before it is of the
 * next morning.
 */
export const NEW_DAY = 7 * 60

/** Of `2200`, `22:00` or `0:3`; null for none, and for `>`, which is no end. */
export const minutesOf = (text: string): number | null => {
  if (text.trim() === '') return null
  const [, hours, minutes] = /^\s*(\d{1,2}):?(\d{1,2})(?::?\d\d)?\s*$/.exec(text.padStart(4, '0')) ?? []
  if (hours === undefined || minutes === undefined) return null
  const at = Number(hours) * 60 + Number(minutes)
  return Number(minutes) < 60 && at <= DAY ? at % DAY : null
}

export const wallOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const MOST_TIMES = DAY

/** The business date's minute of a time of day. */
const ofDate = (minutes: number): number => (minutes < NEW_DAY ? minutes + DAY : minutes)

/**
 * When it starts, in minutes after the midnight of its business date, those after 24:00 being of the next day; and for
 * one that comes again and again how far apart. No times: only the distance is known.
 */
export const cycleTimes = (job: CtmJob): { times: number[]; everySeconds: number | null } => {
  const given = minutesOf(job.timeFrom)
  const from = ofDate(given ?? NEW_DAY)
  const { cycle } = job
  if (!cycle) return { times: [from], everySeconds: null }
  if (cycle.kind === 'at')
    return { times: cycle.times.map(minutesOf).flatMap((t) => (t === null ? [] : [ofDate(t)])), everySeconds: null }
  if (cycle.kind === 'after') {
    const times = [from]
    for (const seconds of cycle.seconds) times.push((times.at(-1) ?? from) + Math.max(1, Math.round(seconds / 60)))
    return { times, everySeconds: null }
  }
  const step = cycle.seconds / 60
  if (!Number.isInteger(step) || step < 1) return { times: [], everySeconds: cycle.seconds }
  const end = minutesOf(job.timeTo)
  const last = end === null ? NEW_DAY + DAY - 1 : ofDate(end)
  const times: number[] = []
  for (let at = from; at <= last && times.length < MOST_TIMES; at += step) times.push(at)
  return { times, everySeconds: cycle.seconds }
}
