import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { type Alert, aboutAlert, alertRef, lockAlert, saveAlert } from './alert-rows.ts'
import { alertTold } from './events.ts'
import { openHoldables } from './holdable.ts'
import { findHold, type Held, type Holdable, type Holds, holdsOf, loadHolds } from './holds.ts'
import { holdAlert } from './open-alert.ts'
import { findSource } from './source-rows.ts'
import { tell } from './tell.ts'

/** One silence or window, and what it did: it began to hold alerts back, or it ended or changed. */
const sweepInput = z.object({
  kind: z.enum(['silence', 'maintenance']),
  id: z.uuid(),
  mode: z.enum(['hold', 'release']),
  after: z.uuid().nullable(),
})
type Sweep = z.output<typeof sweepInput>

const PAGE = { hold: 200, release: 100 } as const

/**
 * Goes over open alerts after a silence or window began (`hold`: those that it covers and that nothing holds yet) or was
 * changed or ended (`release`: those that it held). A page at a time; what is left is due work.
 */
export const sweep = async (ctx: Context, given: Sweep): Promise<number> => {
  const limit = PAGE[given.mode]
  const alerts = await openHoldables(ctx.db, {
    after: given.after,
    limit,
    heldBy: given.mode === 'release' ? given.id : undefined,
  })
  const holds = await loadHolds(ctx.db, ctx.now())
  let touched = 0
  for (const a of sortForLocks(alerts)) {
    const done =
      given.mode === 'hold' ? await holdIfCovered(ctx, a, holds, given.id) : await releaseIfFree(ctx, a, holds)
    if (done) touched++
  }
  const last = alerts.at(-1)
  if (last && alerts.length === limit)
    ctx.due({
      key: `alerts.sweep:${given.mode}:${given.kind}:${given.id}`,
      at: ctx.now(),
      run: { name: 'alerts.sweep' },
      input: { ...given, after: last.id },
      subject: ref(given.kind, given.id),
    })
  return touched
}

/** The rest of a sweep. */
export const continueSweep = verb('alerts.sweep', {
  permission: 'system',
  input: sweepInput,
  async run(ctx, given) {
    await sweep(ctx, given)
    return ctx.unchanged(null)
  },
})

type Listed = Holdable & { id: string }

// Incidents are opened service by service, in one order for all.
const sortForLocks = (alerts: Listed[]): Listed[] => alerts.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
const placeOf = (a: Listed) => `${a.serviceId} ${a.environment[0]} ${a.host[0] ?? ''} ${a.id}`

const lockOpen = async (ctx: Context, id: string): Promise<Alert | null> => {
  const alert = await lockAlert(ctx, id)
  return alert && (alert.status === 'firing' || alert.status === 'blind') ? alert : null
}

const holdIfCovered = async (ctx: Context, a: Listed, holds: Holds, by: string): Promise<boolean> => {
  if (!holdsOf(holds, a, ctx.now()).some((c) => c.held.id === by)) return false
  const held = await findHold(ctx, a, holds)
  const alert = await lockOpen(ctx, a.id)
  if (!alert || alert.held || !held) return false
  await holdAlert(ctx, alert, held)
  return true
}

const releaseIfFree = async (ctx: Context, a: Listed, holds: Holds): Promise<boolean> => {
  const held = await findHold(ctx, a, holds)
  const alert = await lockOpen(ctx, a.id)
  if (!alert?.held) return false
  if (!held) await release(ctx, alert, alert.held)
  else if (held.id !== alert.held.id) await holdAlert(ctx, alert, held)
  else if (held.until !== alert.held.until || held.reason !== alert.held.reason)
    await saveAlert(ctx, alert.id, { held })
  return true
}

/** Nothing holds it back any more and it is still there: now it is told. */
const release = async (ctx: Context, alert: Alert, was: Held): Promise<void> => {
  const source = await findSource(ctx.db, alert.source_id)
  const free = await saveAlert(ctx, alert.id, { held: null })
  ctx.record(alertTold, {
    subject: alertRef(free),
    about: [...aboutAlert(free), ref(was.kind, was.id)],
    team: free.team_id,
    data: { title: free.title, was: was.kind, reason: was.reason },
  })
  if (source && !(await isWorkedOn(ctx, free.ticket_id))) await tell(ctx, free, source)
}

const isWorkedOn = async (ctx: Context, ticketId: string | null): Promise<boolean> => {
  if (!ticketId) return false
  const open = await ctx.db
    .selectFrom('tickets')
    .select('id')
    .where('id', '=', ticketId)
    .where('state', 'in', ['new', 'in_progress', 'pending'])
    .executeTakeFirst()
  return open !== undefined
}
