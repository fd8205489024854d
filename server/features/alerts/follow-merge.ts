import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { eventInput, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { ticketMerged, ticketUnmerged } from '../desk/index.ts'
import { type Alert, aboutAlert, alertRef, asAlert } from './alert-rows.ts'
import { alertAttached } from './events.ts'
import { settleTicketSoon } from './settle-ticket.ts'

/** The open alerts of a merged ticket go over to the one that goes on, unless the merging was taken back since. */
export const followMerge = verb('alerts.follow_merge', {
  permission: 'system',
  input: eventInput(ticketMerged),
  async run(ctx, { subject, data }) {
    const from = refId(subject)
    const now = await survivorNow(ctx, from)
    if (!now) return ctx.unchanged(null)
    const { rows } = await sql<Alert>`
      update alerts set ticket_id = ${now.id}, merged_from = array_append(merged_from, ${from}::uuid),
        updated_at = ${ctx.now()}::timestamptz, version = version + 1
      where ticket_id = ${from} and status in ('firing', 'blind') returning *`.execute(ctx.db)
    return tellOf(ctx, rows, from, now, `${data.number} was merged into it`)
  },
})

/** They come back when the merging is taken back, unless it was done again since. */
export const followUnmerge = verb('alerts.follow_unmerge', {
  permission: 'system',
  input: eventInput(ticketUnmerged),
  async run(ctx, { subject, data }) {
    const to = refId(subject)
    if (await survivorNow(ctx, to)) return ctx.unchanged(null)
    const { rows } = await sql<Alert>`
      update alerts set ticket_id = ${to}, merged_from = trim_array(merged_from, 1),
        updated_at = ${ctx.now()}::timestamptz, version = version + 1
      where ticket_id = ${data.into.id} and merged_from[cardinality(merged_from)] = ${to}::uuid returning *`.execute(
      ctx.db,
    )
    const why = `it is no longer merged into ${data.into.number}`
    return tellOf(ctx, rows, data.into.id, { id: to, number: data.number }, why)
  },
})

const survivorNow = async (ctx: Context, ticketId: string): Promise<{ id: string; number: string } | null> => {
  const { rows } = await sql<{ id: string; number: string }>`
    select s.id, s.number from tickets t join tickets s on s.id = t.merged_into_id where t.id = ${ticketId}`.execute(
    ctx.db,
  )
  return rows[0] ?? null
}

const tellOf = async (
  ctx: Context,
  moved: readonly Alert[],
  from: string,
  to: { id: string; number: string },
  why: string,
) => {
  if (moved.length === 0) return ctx.unchanged(null)
  for (const row of moved) {
    const alert = asAlert(row)
    ctx.record(alertAttached, {
      subject: alertRef(alert),
      about: aboutAlert(alert),
      team: alert.team_id,
      data: { title: alert.title, number: to.number, why },
    })
  }
  for (const id of [from, to.id].sort()) await settleTicketSoon(ctx, id, false)
  return null
}
