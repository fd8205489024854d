import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import { dayClassesOf } from '../jobs/index.ts'
import { boundsOf, businessDateOf, type Dating } from './business-date.ts'
import type { Dates } from './dates.ts'
import { type DurationModel, durationModel, type PastRun } from './predict/durations.ts'

const AT_ONCE = 500
/** Runs of one job that are looked at: more than a year of one that runs each day. */
const MOST_RUNS = 400
/** A thousand bytes each: tonight’s and last night’s, of tens of thousands of jobs. */
const MOST_MODELS = 120_000

type Row = { id: string; at: number; started: number; ended: number; outcome: 'succeeded' | 'failed' }

/**
 * How long jobs take on a date, by their runs before it. A model does not change during its night, so that each job’s runs
 * are read once for a date and a way of dating.
 */
const known = new Map<string, { model: DurationModel; until: number }>()
let database = ''

type Asked = { id: string; typicalSeconds: number | null }

export const modelsFor = async (
  db: Db,
  jobs: readonly Asked[],
  date: string,
  dating: Dating,
  dates: Dates,
  calendarId: string | null,
  /** Until when what is made of it now may be taken for right (epoch milliseconds), and the time now. */
  { now, until }: { now: number; until: number },
): Promise<Map<string, DurationModel>> => {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db)
  if (rows[0]?.name !== database) known.clear()
  database = rows[0]?.name ?? ''
  const classes = classesOf(dates)
  const keyOf = ({ id, typicalSeconds }: Asked) =>
    `${date} ${dating.zone} ${dating.cut} ${calendarId ?? ''} ${id} ${typicalSeconds ?? ''}`
  // Of his own for each who asks: what is kept may be thrown away while he reads.
  const models = new Map<string, DurationModel>()
  const missing = jobs.filter((job) => {
    const kept = known.get(keyOf(job))
    if (!kept || kept.until <= now) return true
    models.set(job.id, kept.model)
    return false
  })
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    const some = missing.slice(from, from + AT_ONCE)
    const runs = await runsBefore(
      db,
      some.map(({ id }) => id),
      boundsOf(date, dating).from,
    )
    for (const job of some) {
      const past = (runs.get(job.id) ?? []).map((r): PastRun => {
        const on = businessDateOf(r.started, dating)
        return {
          date: on,
          classes: classes(on),
          startedAt: r.started,
          seconds: (r.ended - r.started) / 1000,
          outcome: r.outcome,
        }
      })
      const model = durationModel(past, classes(date), job.typicalSeconds)
      models.set(job.id, model)
      keep(keyOf(job), { model, until })
    }
  }
  return models
}

/** What was kept first goes first: all at once, and all of tonight would be read again within the minute. */
const keep = (key: string, model: { model: DurationModel; until: number }): void => {
  known.delete(key)
  known.set(key, model)
  if (known.size <= MOST_MODELS) return
  for (const first of known.keys()) {
    known.delete(first)
    return
  }
}

/** The classes of a date; there are few dates and many runs. */
export const classesOf = (dates: Dates) => {
  const found = new Map<string, ReturnType<typeof dayClassesOf>>()
  return (date: string) => {
    const before = found.get(date)
    if (before) return before
    const made = dayClassesOf(Temporal.PlainDate.from(date), (d) => dates.works(d))
    found.set(date, made)
    return made
  }
}

const runsBefore = async (db: Db, ids: readonly string[], before: number): Promise<Map<string, Row[]>> => {
  const { rows } = await sql<Row>`
    select r.job_id as id, (extract(epoch from r.started_at) * 1000)::float8 as started,
      (extract(epoch from r.ended_at) * 1000)::float8 as ended, r.outcome
    from unnest(${[...ids]}::uuid[]) j cross join lateral (
      select * from chain_runs r where r.job_id = j and r.at < to_timestamp(${before}::float8 / 1000) and r.started_at is not null
      order by r.at desc limit ${MOST_RUNS}) r`.execute(db)
  return Map.groupBy(rows, (r) => r.id)
}
