import { sql } from 'kysely'
import type { CheckResult } from '../../../checks/lib/result.ts'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { withoutNul } from '../../platform/text.ts'
import { advance, type Flip, type Look, noSpanChange, type SpanChange, type StateRow, type Watch } from './advance.ts'

/** A look with what it saw, for the pages. */
export type SeenLook = Look & Pick<CheckResult, 'timings' | 'facts' | 'sample'>
export type NamedFlip = Flip & { monitorId: string }

type Locked = StateRow & Watch & { id: string }
type Changed = { id: string; row: StateRow; spans: SpanChange; seen: SeenLook; failure: SeenLook | null }

/**
 * Keeps looks in the caller's transaction, in a constant number of statements: a row each, the newest state of their
 * monitors, the spans of states, and the flips that follow from it. States are taken in the order of their ids, so that
 * two batches wait for each other and never in a circle. A look that is there already is passed over.
 *
 * @returns flips to report, and for each look whether it counted
 */
export const applyLooks = async (db: Db, looks: SeenLook[]): Promise<{ flips: NamedFlip[]; counted: boolean[] }> => {
  const locked = await lockStates(db, [...new Set(looks.map((l) => l.monitorId))])
  const known = looks.filter((l) => locked.has(l.monitorId))
  // Told apart from the one that the wheel makes in the same millisecond.
  for (const l of known) if (l.turn === null && l.at === locked.get(l.monitorId)?.lastAt) l.at += 1
  const fresh = await insertResults(db, known)
  const changed = new Map<string, Changed>()
  const flips: NamedFlip[] = []
  const counted = looks.map((seen) => {
    const watch = locked.get(seen.monitorId)
    if (!watch || !fresh.has(keyOf(seen))) return false
    const before = changed.get(seen.monitorId)
    const step = advance(before?.row ?? watch, before?.spans ?? noSpanChange, seen, watch)
    if (!step.counted) return false
    const isFailure = seen.outcome === 'failed' || seen.outcome === 'degraded'
    const failure = isFailure ? seen : (before?.failure ?? null)
    changed.set(seen.monitorId, { id: seen.monitorId, row: step.row, spans: step.spans, seen, failure })
    if (step.flip) flips.push({ ...step.flip, monitorId: seen.monitorId })
    return true
  })
  await saveStates(db, [...changed.values()])
  await saveSpans(
    db,
    [...changed.values()].filter((c) => c.spans !== noSpanChange),
  )
  return { flips, counted }
}

const keyOf = (l: { monitorId: string; at: number }) => `${l.monitorId} ${l.at}`

// Times cross as whole milliseconds: parsing thousands of timestamps a second costs more than all the rest.
const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::int8`

const lockStates = async (db: Db, ids: string[]): Promise<Map<string, Locked>> => {
  const { rows } = await sql<Locked>`${prepared}
    select s.monitor_id as id, s.state, s.decided, ${ms('s.since')} as since, s.reason, s.flip, s.looks, s.term, s.seq,
      s.span, ${ms('s.span_from')} as "spanFrom", ${ms('s.watched_until')} as "watchedUntil", ${ms('s.last_at')} as "lastAt",
      m.version, m.enabled, m.interval_seconds as "intervalSeconds", m.timeout_seconds as "timeoutSeconds",
      m.down_after as "downAfter", m.of_looks as "ofLooks", m.up_after as "upAfter"
    from monitor_states s join monitors m on m.id = s.monitor_id
    where s.monitor_id = any(${ids}::uuid[]) order by s.monitor_id for update of s`.execute(db)
  return new Map(rows.map((r) => [r.id, r]))
}

const json = (value: unknown): string | null => (value === undefined ? null : withoutNul(JSON.stringify(value)))

/** @returns the keys of those that were not there yet */
const insertResults = async (db: Db, looks: SeenLook[]): Promise<Set<string>> => {
  if (looks.length === 0) return new Set()
  const of = <T>(pick: (l: SeenLook) => T) => looks.map(pick)
  const { rows } = await sql<{ id: string; at: number }>`${prepared}
    insert into results (monitor_id, at, outcome, ms, code, message, timings)
    select m, to_timestamp(a / 1000), o, d, c, t, p::jsonb
    from unnest(${of((l) => l.monitorId)}::uuid[], ${of((l) => l.at)}::float8[], ${of((l) => l.outcome)}::text[],
      ${of((l) => l.ms)}::float8[], ${of((l) => l.code)}::text[], ${of((l) => (l.outcome === 'ok' ? null : l.message))}::text[],
      ${of((l) => json(l.timings))}::text[]) as u(m, a, o, d, c, t, p)
    on conflict do nothing returning monitor_id as id, ${ms('at')} as at`.execute(db)
  return new Set(rows.map((r) => keyOf({ monitorId: r.id, at: r.at })))
}

const saveStates = async (db: Db, all: Changed[]): Promise<void> => {
  if (all.length === 0) return
  const of = <T>(pick: (c: Changed) => T) => all.map(pick)
  const result = ({ seen: { code, message, timings, facts } }: Changed) => json({ code, message, timings, facts })
  const failure = ({ failure: f }: Changed) =>
    f &&
    json({
      at: f.at,
      outcome: f.outcome,
      code: f.code,
      message: f.message,
      ms: f.ms,
      timings: f.timings,
      facts: f.facts,
      sample: f.sample,
    })
  await sql`${prepared}
    update monitor_states s set state = u.state, decided = u.decided, since = to_timestamp(u.since / 1000), reason = u.reason,
      flip = u.flip, looks = u.looks::jsonb, term = u.term, seq = u.seq, span = u.span,
      span_from = to_timestamp(u.span_from / 1000), watched_until = to_timestamp(u.watched_until / 1000),
      last_at = to_timestamp(u.last_at / 1000), last_outcome = u.outcome, last_ms = u.ms, last_message = u.message,
      last_result = u.result::jsonb, last_failure = coalesce(u.failure::jsonb, s.last_failure)
    from unnest(${of((c) => c.id)}::uuid[], ${of((c) => c.row.state)}::text[], ${of((c) => c.row.decided)}::bool[],
      ${of((c) => c.row.since)}::float8[], ${of((c) => c.row.reason)}::text[], ${of((c) => c.row.flip)}::int[],
      ${of((c) => json(c.row.looks))}::text[], ${of((c) => c.row.term)}::int8[], ${of((c) => c.row.seq)}::int8[],
      ${of((c) => c.row.span)}::text[], ${of((c) => c.row.spanFrom)}::float8[], ${of((c) => c.row.watchedUntil)}::float8[],
      ${of((c) => c.row.lastAt)}::float8[], ${of((c) => c.seen.outcome)}::text[], ${of((c) => c.seen.ms)}::float8[],
      ${of((c) => c.seen.message)}::text[], ${of(result)}::text[], ${of(failure)}::text[])
      as u(id, state, decided, since, reason, flip, looks, term, seq, span, span_from, watched_until, last_at, outcome, ms,
        message, result, failure)
    where s.monitor_id = u.id`.execute(db)
}

const saveSpans = async (db: Db, all: { id: string; spans: SpanChange }[]): Promise<void> => {
  const ended = all.filter((c) => c.spans.endAt !== null)
  if (ended.length > 0)
    await sql`
      update monitor_spans s set to_at = to_timestamp(u.to_at / 1000)
      from unnest(${ended.map((c) => c.id)}::uuid[], ${ended.map((c) => c.spans.endAt)}::float8[]) as u(id, to_at)
      where s.monitor_id = u.id and s.to_at is null`.execute(db)
  const dropped = all.filter((c) => c.spans.drop).map((c) => c.id)
  if (dropped.length > 0)
    await sql`delete from monitor_spans where monitor_id = any(${dropped}::uuid[]) and to_at is null`.execute(db)
  const added = all.flatMap((c) => c.spans.added.map((s) => ({ id: c.id, ...s })))
  if (added.length > 0)
    await sql`
      insert into monitor_spans (monitor_id, from_at, to_at, state, message)
      select id, to_timestamp(f / 1000), to_timestamp(t / 1000), state, message
      from unnest(${added.map((s) => s.id)}::uuid[], ${added.map((s) => s.from)}::float8[], ${added.map((s) => s.to)}::float8[],
        ${added.map((s) => s.state)}::text[], ${added.map((s) => s.message)}::text[]) as u(id, f, t, state, message)`.execute(
      db,
    )
}
