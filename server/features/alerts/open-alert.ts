import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { type Alert, aboutAlert, alertRef, asAlert, saveAlert } from './alert-rows.ts'
import { alertHeld, alertOpened, alertPassed } from './events.ts'
import { findRoute, type KeptRoute } from './find-route.ts'
import { holdableOf } from './holdable.ts'
import { findHold } from './holds.ts'
import type { KeyName } from './key-rows.ts'
import type { KeyState } from './key-state.ts'
import type { Signal } from './signal.ts'
import type { SourceRow } from './source-rows.ts'
import { tell } from './tell.ts'

/** What the newest signal of the key says. */
export type Shown = Pick<Signal, 'summary' | 'labels' | 'links'> & Partial<Signal>

type Opening = KeyName & { source: SourceRow; key: KeyState; shown: Shown; previous: Alert | null }

const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)
const aboutIt = (a: Alert) => ({ subject: alertRef(a), about: aboutAlert(a), team: a.team_id })

/** Opens an alert: routes it, holds it back where a silence or a maintenance says so, else tells of it. */
export const openAlert = async (ctx: Context, given: Opening, flood: boolean): Promise<Alert> => {
  const { alert, route } = await insertAlert(ctx, given, null)
  const opened = ctx.record(alertOpened, {
    ...aboutIt(alert),
    data: {
      title: alert.title,
      source: given.source.name,
      severity: alert.severity,
      status: alert.status,
      startedAt: String(alert.started_at),
      route,
      previous: given.previous?.id ?? null,
    },
  })
  const held = await findHold(ctx, () => holdableOf(ctx.db, alert.id))
  const told = held ? await holdAlert(ctx, alert, held) : await tell(ctx, alert, given.source, flood)
  // The ticket is known only now, and its story begins with what was seen.
  if (told.ticket_id) opened.about.push(ref('ticket', told.ticket_id))
  return told
}

/** Keeps an alert back, with the reason. */
export const holdAlert = async (ctx: Context, alert: Alert, held: NonNullable<Alert['held']>): Promise<Alert> => {
  const saved = await saveAlert(ctx, alert.id, { held })
  const { kind, reason, by, until } = held
  ctx.record(alertHeld, { ...aboutIt(saved), data: { title: saved.title, kind, reason, by, until } })
  return saved
}

/** Records an alert that began and ended before we came to it. */
export const passAlert = async (ctx: Context, given: Opening): Promise<Alert> => {
  const { alert } = await insertAlert(ctx, given, instant(given.key.endedAt ?? ctx.now().epochMilliseconds))
  ctx.record(alertPassed, {
    ...aboutIt(alert),
    data: {
      title: alert.title,
      source: given.source.name,
      severity: alert.severity,
      startedAt: String(alert.started_at),
      endedAt: String(alert.ended_at),
    },
  })
  return alert
}

const insertAlert = async (ctx: Context, given: Opening, endedAt: Temporal.Instant | null) => {
  const { source, key, shown, previous } = given
  const { sentences, rule, base, ...place } = await findRoute(ctx.db, source, {
    ...shown,
    severity: key.severity,
    status: key.state,
    dedupKey: given.dedupKey,
  })
  const row = await ctx.db
    .insertInto('alerts')
    .values({
      id: newId(),
      source_id: source.id,
      dedup_key: given.dedupKey,
      status: endedAt ? 'resolved' : key.state === 'blind' ? 'blind' : 'firing',
      flip: key.flip,
      severity: key.severity,
      title: shown.summary,
      summary: shown.details ?? '',
      told: shown.told ?? null,
      labels: JSON.stringify(shown.labels),
      links: JSON.stringify(shown.links),
      service_id: place.serviceId,
      host: shown.host ?? null,
      environment: place.environment,
      team_id: place.teamId,
      route: JSON.stringify({ sentences, rule, base } satisfies KeptRoute),
      previous_id: previous?.id ?? null,
      occurrences_before: key.firedBefore,
      occurrences_end: endedAt ? key.occurrences : null,
      started_at: instant(key.firedAt ?? ctx.now().epochMilliseconds),
      ended_at: endedAt,
      updated_at: ctx.now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { alert: asAlert(row), route: sentences }
}
