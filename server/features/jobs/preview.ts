import { sql } from 'kysely'
import { previewScheduleInput } from '../../../contract/jobs/inputs.ts'
import { isByDays, type JobSchedule } from '../../../contract/jobs/schedule.ts'
import { fileWords } from '../../../contract/jobs/schedule-words.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { query } from '../../platform/query.ts'
import { requireSchedule } from './guard.ts'
import { scheduleWords, spanWords, zoneIn } from './job-words.ts'
import { clockNotes } from './schedule/clock-notes.ts'
import { type BusinessDays, businessDaysOf } from './schedule/open-calendars.ts'
import { afterOf, isKnownAt } from './schedule/schedule.ts'

const SHOWN = 10

/** The next times of a schedule; of a period those that follow if it is heard of at the latest moment each time. */
export const nextTimes = (
  s: JobSchedule,
  days: BusinessDays | null,
  lastAt: Instant | null,
  now: Instant,
): Instant[] => {
  const after = afterOf(s, days)
  const found: Instant[] = []
  let from = now.epochMilliseconds
  if (s.kind === 'period' && lastAt) from = Math.max(lastAt.epochMilliseconds, from - s.seconds * 1000)
  for (let ms: number | null = after(from); ms !== null && found.length < SHOWN; ms = after(ms))
    found.push(Temporal.Instant.fromEpochMilliseconds(ms))
  return found
}

type Expected = { times: Instant[]; zone: string | null; unknownFrom: Instant | null; notes: string[] }

/** The next times of a schedule, from when on they are not certain, and what else there is to say of them. */
export const expectedTimes = async (
  db: Db,
  s: JobSchedule,
  lastAt: Instant | null,
  now: Instant,
): Promise<Expected> => {
  const days = (await businessDaysOf(db, [s]))(s)
  const times = nextTimes(s, days, lastAt, now)
  const unknownFrom = times.find((at) => !isKnownAt(s, days, at.epochMilliseconds)) ?? null
  const isShort = isByDays(s) && s.day.on === 'holiday' && times.length < SHOWN
  const notes = unknownFrom || isShort ? endNotes(days) : []
  if (times.length === 0 && s.kind !== 'after')
    notes.push('No time fits it any more: it is not expected. Choose other times.')
  return { times, zone: zoneIn(s), unknownFrom, notes: [...notes, ...arrivalNotes(s), ...(await followNotes(db, s))] }
}

const arrivalNotes = (s: JobSchedule): string[] =>
  s.kind === 'arrival'
    ? [
        `It begins when ${fileWords(s, 'arrives')}. By these times it must have come; what comes up to ${spanWords(s.aheadSeconds * 1000)} before counts for them.`,
      ]
    : []

const endNotes = (days: BusinessDays | null): string[] =>
  days?.endsFirst
    ? [
        `The holidays of ${days.endsFirst.name} are entered through ${days.endsFirst.through} only: what lies beyond goes by its weekly hours, and may be wrong. Add the next ones to the calendar.`,
      ]
    : []

const followNotes = async (db: Db, s: JobSchedule): Promise<string[]> => {
  if (s.kind !== 'after') return []
  const { rows } = await sql<{ name: string; paused: boolean; archived: boolean; starts: boolean }>`
    select j.name, j.paused_at is not null as paused, j.archived_at is not null as archived,
      exists (select 1 from pings p where p.job_id = j.id and p.kind in ('success', 'fail')) as starts
    from jobs j where j.id = ${s.job}`.execute(db)
  const [followed] = rows
  if (!followed) return []
  const stopped = followed.archived ? 'archived' : followed.paused ? 'paused' : null
  return [
    `It has no times of its own: it is expected ${scheduleWords(s, followed.name)}.`,
    ...(stopped
      ? [`${followed.name} is ${stopped}; its pings still count, and without them this job is not expected.`]
      : []),
    ...(!stopped && !followed.starts
      ? [`No run of ${followed.name} has ended yet; until one does, this job is not expected.`]
      : []),
  ]
}

/** What a schedule would mean, before it is saved. */
export const previewSchedule = query('job.preview', {
  permission: 'job.read',
  input: previewScheduleInput,
  async run(ctx, { schedule }) {
    // The same for everybody; there is no row to choose.
    void ctx.scope
    await requireSchedule(ctx, schedule)
    const expected = await expectedTimes(ctx.db, schedule, null, ctx.now())
    const days = (await businessDaysOf(ctx.db, [schedule]))(schedule)
    return { ...expected, notes: [...expected.notes, ...clockNotes(schedule, days, ctx.now())] }
  },
})
