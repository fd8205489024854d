import { sql } from 'kysely'
import { type Matcher, matcher, type Recurrence } from '../../../contract/alerts/silence.ts'
import { type Instant, isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { type Matchable, matches } from './matchers.ts'
import { lastsNow } from './window-times.ts'

/** Why an alert is held back. It stays with the alert, also when it is over. */
export type Held = { kind: 'silence' | 'maintenance'; id: string; reason: string; by: string; until: string | null }

/** What silences and windows look at. */
export type Holdable = Matchable & { serviceId: string | null; teamId: string | null }

export type SilenceRow = {
  id: string
  matchers: unknown
  reason: string
  created_by: unknown
  team_id: string | null
  starts_at: Instant
  ends_at: Instant
  version: number
}
export type WindowRow = {
  id: string
  name: string
  service_ids: string[]
  hosts: string[]
  environments: string[]
  starts_at: Instant
  ends_at: Instant | null
  recurrence: unknown
  reason: string
  team_id: string | null
  created_by: unknown
  version: number
}

const nameOf = (by: unknown) => (by as { name?: string } | null)?.name ?? 'Somebody'

/** What is stored was checked when it was written; a matcher that a newer version made and this one cannot read matches nothing. */
export const storedMatchers = (stored: unknown): Matcher[] | null => {
  const parsed = matcher.array().safeParse(stored)
  return parsed.success ? parsed.data : null
}

const ofTeam = (teamId: string | null, a: Holdable) => teamId === null || teamId === a.teamId

export const silenceCovers = (s: Pick<SilenceRow, 'matchers' | 'team_id'>, a: Holdable): boolean => {
  const matchers = storedMatchers(s.matchers)
  return matchers !== null && ofTeam(s.team_id, a) && matches(matchers, a)
}

const lower = (list: readonly string[]) => list.map((x) => x.toLowerCase())

/**
 * A window covers what it names: any of its services or any of its hosts, in its environments (in all when it names
 * none). One that names neither services nor hosts covers its environments.
 */
export const windowCovers = (
  w: Pick<WindowRow, 'service_ids' | 'hosts' | 'environments' | 'team_id'>,
  a: Holdable,
): boolean => {
  if (!ofTeam(w.team_id, a)) return false
  if (w.environments.length > 0 && !a.environment.some((e) => w.environments.includes(e))) return false
  const named = w.service_ids.length > 0 || w.hosts.length > 0
  if (!named) return w.environments.length > 0
  return (
    (a.serviceId !== null && w.service_ids.includes(a.serviceId)) ||
    lower(a.host).some((h) => lower(w.hosts).includes(h))
  )
}

export const windowTimes = (w: Pick<WindowRow, 'starts_at' | 'ends_at' | 'recurrence'>) => ({
  startsAt: w.starts_at,
  endsAt: w.ends_at,
  recurrence: w.recurrence as Recurrence | null,
})

export type Holds = { silences: SilenceRow[]; windows: WindowRow[] }

type Stored<T> = Omit<T, 'starts_at' | 'ends_at'> & { starts_at: string; ends_at: string | null }

const timed = <T extends { starts_at: string; ends_at: string | null }>(row: T) => ({
  ...row,
  starts_at: Temporal.Instant.from(row.starts_at),
  ends_at: row.ends_at === null ? null : Temporal.Instant.from(row.ends_at),
})

/** What holds alerts back at `now`. In one round trip: it is asked for each alert that opens. */
export const loadHolds = async (db: Db, now: Instant): Promise<Holds> => {
  const { rows } = await sql<{ silences: Stored<SilenceRow>[] | null; windows: Stored<WindowRow>[] | null }>`${prepared}
    select (select jsonb_agg(s) from silences s
        where ended_at is null and starts_at <= ${now} and ends_at > ${now}) as silences,
      (select jsonb_agg(w) from maintenance_windows w where ended_at is null) as windows`.execute(db)
  const [found] = rows
  const windows = (found?.windows ?? []).map(timed) as WindowRow[]
  return {
    silences: (found?.silences ?? []).map(timed) as SilenceRow[],
    windows: windows.filter((w) => lastsNow(windowTimes(w), now)),
  }
}

type Candidate = { held: Held; version: number }

/** Why this alert is held back at `now`: all reasons, the one that lasts longest first. */
export const holdsOf = (holds: Holds, a: Holdable, now: Instant): Candidate[] => {
  const found = [
    ...holds.silences
      .filter((s) => silenceCovers(s, a))
      .map((s) => ({ until: s.ends_at, row: s, kind: 'silence' as const, reason: s.reason })),
    ...holds.windows
      .filter((w) => windowCovers(w, a))
      .map((w) => ({
        until: lastsNow(windowTimes(w), now)?.to ?? now,
        row: w,
        kind: 'maintenance' as const,
        reason: `${w.name}: ${w.reason}`,
      })),
  ]
  return found
    .sort((x, y) => (isBefore(y.until, x.until) ? -1 : 1))
    .map(({ until, row, kind, reason }) => ({
      held: { kind, id: row.id, reason, by: nameOf(row.created_by), until: until.toString() },
      version: row.version,
    }))
}

/**
 * Finds what holds an alert back, and keeps it from being ended until this transaction is over: whoever ends it then
 * sees this alert as held and releases it. One that was ended or changed meanwhile does not hold it: in doubt it is told.
 */
export const findHold = async (
  ctx: Context,
  what: Holdable | (() => Promise<Holdable>),
  given?: Holds,
): Promise<Held | null> => {
  const holds = given ?? (await loadHolds(ctx.db, ctx.now()))
  if (holds.silences.length + holds.windows.length === 0) return null
  const candidates = holdsOf(holds, typeof what === 'function' ? await what() : what, ctx.now())
  for (const { held, version } of candidates) {
    const table = held.kind === 'silence' ? 'silences' : 'maintenance_windows'
    const { rows } = await sql`
      select 1 from ${sql.table(table)} where id = ${held.id} and version = ${version} and ended_at is null for share`.execute(
      ctx.db,
    )
    if (rows.length > 0) return held
  }
  return null
}
