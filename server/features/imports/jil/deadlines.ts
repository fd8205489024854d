import type { ImportedDeadline } from '../../../../contract/jobs/waits.ts'
import type { Definition } from './estate.ts'
import { has, type Note, placeOf } from './said.ts'
import { minutesOf, wallTimeOf } from './times.ts'
import type { Timing } from './timing.ts'
import { listOf } from './values.ts'

const DAY_MINUTES = 1_440
/** 71:59 is the last that AutoSys takes: up to two days after the start. */
const LAST = 3 * DAY_MINUTES
/** More starts than that in a day have start_mins, which have one. */
const MOST_MUSTS = 60

/** A time by which something must have happened, in minutes of the day of the start; or minutes after the start. */
type Must = { at: number } | { after: number }

/** must_start_times or must_complete_times, one for each start. */
const mustsOf = (job: Definition, key: string, { starts, isOn }: Timing, note: Note): Must[] => {
  if (!isOn || !has(job, key)) return []
  const words = listOf(job.attributes.get(key)?.value ?? '').slice(0, MOST_MUSTS)
  const read = words.map((word): Must | null => {
    const after = /^\+(\d{1,6})$/.exec(word)?.[1]
    if (after) return { after: Number(after) }
    const at = minutesOf(word)
    return at !== null && at < LAST ? { at } : null
  })
  const musts = read.filter((must) => must !== null)
  const place = placeOf(job, key)
  if (musts.length < read.length)
    note(
      'no-time',
      'warn',
      place,
      `${job.name}: ${key} has what is no time, and is left out. Write "05:30", up to "71:59", or "+90".`,
    )
  else if (starts.length === 0 && musts.some((must) => 'at' in must))
    note(
      'deadline-without-start',
      'warn',
      place,
      `${job.name}: ${key} names times of day, for which it must have start_times. Without them write minutes after the start, such as "+90".`,
    )
  else if (musts.length !== starts.length && starts.length > 0 && musts.length !== 1)
    note(
      'deadline-count',
      'warn',
      place,
      `${job.name} has ${starts.length} start_times and ${musts.length} ${key}: AutoSys wants one for each. They are left out.`,
    )
  else if (musts.length === 1 && starts.length > 1 && musts.some((must) => 'at' in must))
    note(
      'deadline-count',
      'warn',
      place,
      `${job.name} has ${starts.length} start_times and one of ${key}: AutoSys wants one for each. It is left out.`,
    )
  else
    return starts.length > 0 && musts.length === 1
      ? starts.map(() => musts[0]).filter((must) => must !== undefined)
      : musts
  return []
}

/** The deadlines that it must meet, each as minutes after its start as well, to be compared with how long it takes. */
export type Deadlines = { deadlines: ImportedDeadline[]; leastMinutes: number | null }

export const deadlinesOf = (job: Definition, timing: Timing, note: Note): Deadlines => {
  const musts = mustsOf(job, 'must_complete_times', timing, note)
  const spans: number[] = []
  const deadlines = musts.map((must, at): ImportedDeadline => {
    const name = musts.length > 1 ? `${job.name} (${at + 1} of ${musts.length})` : job.name
    const start = timing.starts[at]
    if ('after' in must) spans.push(must.after)
    else if (start !== undefined) spans.push(must.at - start)
    // Counted from the time at which it should start, not from when it did.
    const end = 'at' in must ? must.at : start === undefined ? null : start + must.after
    if (end === null) return { kind: 'in', name, seconds: Math.max(1, 'after' in must ? must.after * 60 : 0) }
    return { kind: 'by', name, time: wallTimeOf(end), days: Math.min(14, Math.floor(end / DAY_MINUTES)) }
  })
  return { deadlines, leastMinutes: spans.length > 0 ? Math.min(...spans) : null }
}

/** How late it may start, in seconds: the longest of must_start_times. null where none is said. */
export const startGraceOf = (job: Definition, timing: Timing, note: Note): number | null => {
  const musts = mustsOf(job, 'must_start_times', timing, note)
  const late = musts.flatMap((must, at) => {
    const start = timing.starts[at]
    if ('after' in must) return [must.after]
    return start === undefined ? [] : [must.at - start]
  })
  if (late.length === 0) return null
  if (Math.min(...late) < 0) {
    note(
      'deadline-before-end',
      'warn',
      placeOf(job, 'must_start_times'),
      `${job.name} must have started before its start time. Add 24 hours where the next day is meant, such as "29:30".`,
    )
    return null
  }
  return Math.max(...late) * 60
}
