import { sql } from 'kysely'
import { alertIdInput } from '../../../contract/alerts/alert.ts'
import { canAlert } from '../../../contract/alerts/can.ts'
import { isOpenAlert } from '../../../contract/alerts/words.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { conflict } from '../../platform/errors.ts'
import { eventInput, ref, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { acknowledgeFor, giveBackFor, pageAcknowledged } from '../oncall/index.ts'
import { takeAlert } from './alert-guard.ts'
import { type Alert, aboutAlert, alertRef, asAlert, inTurn, lastAlert, saveAlert } from './alert-rows.ts'
import { showAlert } from './alert-view.ts'
import { alertAcknowledged, alertUnacknowledged } from './events.ts'
import { keyNameInput } from './flip.ts'
import { keyHash } from './flip-due.ts'
import { findSource } from './source-rows.ts'

type By = { kind: string; id: string | null; name: string }

/** Says that somebody looks after an alert. */
export const acknowledgeAlert = verb('alert.acknowledge', {
  permission: 'alert.work',
  input: alertIdInput,
  async run(ctx, { id }) {
    const { alert, state } = await takeAlert(ctx, id)
    if (state.acknowledged && isOpenAlert(state.status)) return ctx.unchanged(await showAlert(ctx.db, id))
    const refusal = canAlert.acknowledge(state)
    if (refusal) throw conflict(refusal)
    const by = actorRow(ctx.actor)
    await acknowledge(ctx, alert, by, 'hand')
    const userId = by.kind === 'user' ? by.id : null
    if (alert.ticket_id)
      await acknowledgeFor(ctx, ref('ticket', alert.ticket_id), {
        userId,
        name: by.name,
        via: userId ? 'alert' : 'tool',
      })
    return showAlert(ctx.db, id)
  },
})

/** Takes the acknowledgement back. */
export const unacknowledgeAlert = verb('alert.unacknowledge', {
  permission: 'alert.work',
  input: alertIdInput,
  async run(ctx, { id }) {
    const { alert, state } = await takeAlert(ctx, id)
    const refusal = canAlert.unacknowledge(state)
    if (refusal) throw conflict(refusal)
    await saveAlert(ctx, id, { acknowledged_at: null, acknowledged_by: null })
    ctx.record(alertUnacknowledged, {
      subject: alertRef(alert),
      about: aboutAlert(alert),
      team: alert.team_id,
      data: { title: alert.title },
    })
    const by = actorRow(ctx.actor)
    if (alert.ticket_id && by.kind === 'user' && by.id && !(await hasAnother(ctx, alert.ticket_id, by.id)))
      await giveBackFor(ctx, ref('ticket', alert.ticket_id), { userId: by.id, name: by.name })
    return showAlert(ctx.db, id)
  },
})

const openOf = (ctx: Context, ticketId: string) =>
  ctx.db.selectFrom('alerts').select('id').where('ticket_id', '=', ticketId).where('status', 'in', ['firing', 'blind'])

/** Whether somebody looks after another alert of the incident still. */
const hasAnother = async (ctx: Context, ticketId: string, userId: string): Promise<boolean> => {
  const one = await openOf(ctx, ticketId)
    .where(sql<string>`acknowledged_by->>'id'`, '=', userId)
    .limit(1)
    .executeTakeFirst()
  return one !== undefined
}

const acknowledge = async (ctx: Context, alert: Alert, by: By, how: 'hand' | 'page' | 'sender'): Promise<void> => {
  await saveAlert(ctx, alert.id, { acknowledged_at: ctx.now(), acknowledged_by: by })
  ctx.record(alertAcknowledged, {
    subject: alertRef(alert),
    // That the page was acknowledged stands with the ticket already, and whose it is now.
    about: [
      ...aboutAlert(how === 'page' ? { ...alert, ticket_id: null } : alert),
      ...(by.kind === 'user' && by.id ? [`user:${by.id}`] : []),
    ],
    team: alert.team_id,
    data: { title: alert.title, by: by.name, how },
  })
}

/** The sender says that somebody looks after it; only for the alert that was open then. */
export const senderAcknowledged = verb('alerts.sender_acknowledged', {
  permission: 'system',
  input: keyNameInput,
  async run(ctx, name) {
    await inTurn(ctx, `key ${keyHash(name)}`)
    const alert = await lastAlert(ctx, name.sourceId, name.dedupKey)
    const source = await findSource(ctx.db, name.sourceId)
    const isOpen = alert?.status === 'firing' || alert?.status === 'blind'
    if (!alert || !source || !isOpen || alert.acknowledged_at !== null) return ctx.unchanged(null)
    await acknowledge(ctx, alert, { kind: 'source', id: source.id, name: source.name }, 'sender')
    if (alert.ticket_id && !(await hasUnacknowledged(ctx, alert.ticket_id)))
      await acknowledgeFor(ctx, ref('ticket', alert.ticket_id), { userId: null, name: source.name, via: 'tool' })
    return null
  },
})

/** The sender knows of its own alert; what else fires in the same incident may be nobody's yet. */
const hasUnacknowledged = async (ctx: Context, ticketId: string): Promise<boolean> => {
  const one = await openOf(ctx, ticketId).where('acknowledged_at', 'is', null).limit(1).executeTakeFirst()
  return one !== undefined
}

/** Whoever acknowledges the page of an incident looks after its alerts. */
export const acknowledgeByPage = verb('alerts.page_acknowledged', {
  permission: 'system',
  input: eventInput(pageAcknowledged),
  async run(ctx, { data }) {
    if (!data.subject.startsWith('ticket:') || data.userId === null) return ctx.unchanged(null)
    const open = await ctx.db
      .selectFrom('alerts')
      .selectAll()
      .where('ticket_id', '=', refId(data.subject))
      .where('status', 'in', ['firing', 'blind'])
      .where('acknowledged_at', 'is', null)
      .orderBy('id')
      .limit(MOST_AT_ONCE)
      .forUpdate()
      .execute()
    for (const row of open)
      await acknowledge(ctx, asAlert(row), { kind: 'user', id: data.userId, name: data.person }, 'page')
    return open.length > 0 ? null : ctx.unchanged(null)
  },
})

const MOST_AT_ONCE = 200
