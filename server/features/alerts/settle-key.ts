import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { type Alert, aboutAlert, alertRef, inTurn, lastAlert, saveAlert } from './alert-rows.ts'
import { stepsTo } from './decide.ts'
import { alertChanged, alertExpired, alertHeld, alertResolved } from './events.ts'
import { keyHash } from './flip-due.ts'
import { type Place, refreshHealthSoon } from './health.ts'
import { holdableOf } from './holdable.ts'
import { findHold } from './holds.ts'
import { type KeyName, readKey } from './key-rows.ts'
import type { KeyState } from './key-state.ts'
import { openAlert, passAlert, type Shown } from './open-alert.ts'
import { settleTicketSoon } from './settle-ticket.ts'
import type { Signal } from './signal.ts'
import { findSource, type SourceRow } from './source-rows.ts'
import { tell } from './tell.ts'

const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)

/** How an alert ends when its sender does not say so. */
export type Ending = { how: 'hand' | 'silence'; reason: string }

type How = {
  ending?: Ending
  /** One of many: what is for the eye alone may come later. */
  flood?: boolean
}

/**
 * Brings the alerts of a key to the newest known state of it. Reads that state only once it is this transaction's turn,
 * so whatever order flips are worked off in, the last one to come sees the newest. Answers what changed.
 */
export const settleKey = async (ctx: Context, name: KeyName, how: How = {}): Promise<Alert | null> => {
  const { ending = null, flood = false } = how
  await inTurn(ctx, `key ${keyHash(name)}`)
  const key = await readKey(ctx.db, name)
  const source = await findSource(ctx.db, name.sourceId)
  if (!key || !source) return null
  let last = await lastAlert(ctx, name.sourceId, name.dedupKey)
  const steps = stepsTo(last, key)
  const touched: Alert[] = []
  for (const step of steps) {
    if (step === 'end' && last) last = await endAlert(ctx, last, key, { ending, flood })
    else if (step === 'change' && last) last = await changeAlert(ctx, last, key, source, flood)
    else if (step === 'open')
      last = await openAlert(
        ctx,
        { source, ...name, key, shown: await shownSignal(ctx, name, key), previous: last },
        flood,
      )
    else if (step === 'pass')
      last = await passAlert(ctx, { source, ...name, key, shown: await shownSignal(ctx, name, key), previous: last })
    if (last) touched.push(last)
  }
  await refreshHealthSoon(ctx, touched.flatMap(placeOf), flood)
  return touched.at(-1) ?? null
}

const placeOf = (a: Alert): Place[] => (a.service_id ? [{ serviceId: a.service_id, environment: a.environment }] : [])

const shownSignal = async (ctx: Context, { sourceId, dedupKey }: KeyName, key: KeyState): Promise<Shown> => {
  const { rows } = await sql<{ summary: string; body: Partial<Signal> }>`${prepared}
    select summary, body from signals
    where source_id = ${sourceId} and dedup_key = ${dedupKey}
      and at = to_timestamp(${key.shownAt}::float8 / 1000) and id = ${key.shownId}`.execute(ctx.db)
  const [row] = rows
  return { labels: {}, links: [], ...row?.body, summary: row?.summary || dedupKey }
}

const endAlert = async (
  ctx: Context,
  alert: Alert,
  key: KeyState,
  { ending, flood }: { ending: Ending | null; flood: boolean },
): Promise<Alert> => {
  // With a new spell begun since, this one ended at the latest then.
  const begunAnew = key.firedFlip > alert.flip
  const ended = Math.min(key.endedAt ?? ctx.now().epochMilliseconds, begunAnew ? (key.firedAt ?? Infinity) : Infinity)
  const saved = await saveAlert(ctx, alert.id, {
    status: ending?.how === 'silence' ? 'expired' : 'resolved',
    flip: begunAnew ? alert.flip : key.flip,
    ended_at: instant(Math.max(ended, alert.started_at.epochMilliseconds)),
    occurrences_end: begunAnew ? key.firedBefore : key.occurrences,
  })
  const place = { subject: alertRef(saved), about: aboutAlert(saved), team: saved.team_id }
  const { title } = saved
  if (ending?.how === 'silence') ctx.record(alertExpired, { ...place, data: { title, reason: ending.reason } })
  else
    ctx.record(alertResolved, {
      ...place,
      data: {
        title,
        endedAt: String(saved.ended_at),
        occurrences: (saved.occurrences_end ?? 0) - saved.occurrences_before,
        reason: ending?.reason ?? null,
      },
    })
  if (saved.ticket_id) await settleTicketSoon(ctx, saved.ticket_id, flood)
  return saved
}

/** Another status or severity: what was not worth an incident before may be now. */
const changeAlert = async (
  ctx: Context,
  alert: Alert,
  key: KeyState,
  source: SourceRow,
  flood: boolean,
): Promise<Alert> => {
  const status = key.state === 'blind' ? 'blind' : 'firing'
  const untold = alert.ticket_id === null && alert.held === null
  const asItWillBe = async () => ({ ...(await holdableOf(ctx.db, alert.id)), severity: [key.severity] })
  const held = untold ? await findHold(ctx, asItWillBe) : null
  const before = { status: alert.status, severity: alert.severity }
  const saved = await saveAlert(ctx, alert.id, {
    status,
    severity: key.severity,
    flip: key.flip,
    ...(held ? { held } : {}),
  })
  const place = { subject: alertRef(saved), about: aboutAlert(saved), team: saved.team_id }
  ctx.record(alertChanged, {
    ...place,
    data: { title: saved.title, before, after: { status, severity: key.severity } },
  })
  if (held) ctx.record(alertHeld, { ...place, data: { title: saved.title, ...heldData(held) } })
  return untold && !held ? tell(ctx, saved, source, flood) : saved
}

const heldData = ({ kind, reason, by, until }: NonNullable<Alert['held']>) => ({ kind, reason, by, until })
