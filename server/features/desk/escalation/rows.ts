import type { Selectable } from 'kysely'
import type { EscalationView, Packet } from '../../../../contract/desk/index.ts'
import type { Context, ReadContext } from '../../../platform/context.ts'
import type { Escalations } from '../../../platform/db/schema.gen.ts'
import { conflict } from '../../../platform/errors.ts'
import { teamOf } from '../people.ts'

export type Escalation = Selectable<Escalations>

/** What the ticket was before an act on its escalation, to take that act back. */
export type Before = { teamId: string | null; assigneeId: string | null; state: string }

/** The packet as it is stored: instants as text. */
export const storedPacket = (given: Omit<Packet, 'since'> & { since: { toString(): string } }): string => {
  const { seen, since, hurt, tried, evidence } = given
  return JSON.stringify({ seen, since: since.toString(), hurt, tried, evidence })
}

const ofTicket = (ctx: Pick<ReadContext, 'db'>, ticketId: string) =>
  ctx.db.selectFrom('escalations').selectAll().where('ticket_id', '=', ticketId)

/** The one that waits to be accepted. The caller holds the ticket's row, which says that there is one. */
export const pendingOf = (ctx: Context, ticketId: string): Promise<Escalation> =>
  ofTicket(ctx, ticketId).where('state', '=', 'pending').executeTakeFirstOrThrow()

export const latestOf = async (ctx: Pick<ReadContext, 'db'>, ticketId: string): Promise<Escalation | null> =>
  (await ofTicket(ctx, ticketId).orderBy('round', 'desc').limit(1).executeTakeFirst()) ?? null

/** The last escalation, which must be in this state to be taken back. Throws `conflict`. */
export const latestIn = async (
  ctx: Context,
  ticket: { id: string; number: string },
  state: 'accepted' | 'returned',
): Promise<Escalation> => {
  const last = await latestOf(ctx, ticket.id)
  if (last?.state === state) return last
  const words = state === 'accepted' ? 'was not accepted last' : 'was not sent back last'
  throw conflict(`The escalation of ${ticket.number} ${words}, so there is nothing to take back.`)
}

export const decide = async (
  ctx: Context,
  escalation: Escalation,
  state: 'accepted' | 'returned' | 'withdrawn' | 'lapsed',
  by: { id: string | null; name: string },
  more: { reason?: string; before?: Before } = {},
): Promise<void> => {
  await ctx.db
    .updateTable('escalations')
    .set({
      state,
      decided_at: ctx.now(),
      decided_by: by.id,
      decided_name: by.name,
      reason: more.reason ?? null,
      ...(more.before ? { before: JSON.stringify({ ...(escalation.before as object), accepted: more.before }) } : {}),
    })
    .where('id', '=', escalation.id)
    .execute()
}

/** It waits to be accepted again. */
export const restore = async (ctx: Context, escalation: Escalation): Promise<void> => {
  await ctx.db
    .updateTable('escalations')
    .set({ state: 'pending', decided_at: null, decided_by: null, decided_name: null, reason: null })
    .where('id', '=', escalation.id)
    .execute()
}

type Named = { id: string; name: string }

/** What its events say. */
export const eventData = async (ctx: Context, e: Escalation) => ({
  escalationId: e.id,
  round: e.round,
  from: await teamOf(ctx, e.from_team_id),
  to: (await teamOf(ctx, e.to_team_id)) as Named,
})

/** The escalations of a ticket as readers get them, newest first. */
export const escalationsOf = async (ctx: ReadContext, ticketId: string): Promise<EscalationView[]> => {
  const rows = await ctx.db
    .selectFrom('escalations as e')
    .leftJoin('teams as f', 'f.id', 'e.from_team_id')
    .innerJoin('teams as t', 't.id', 'e.to_team_id')
    .selectAll('e')
    .select(['f.name as from_team', 't.name as to_team'])
    .where('e.ticket_id', '=', ticketId)
    .orderBy('e.round', 'desc')
    .limit(50)
    .execute()
  return rows.map((e) => ({
    id: e.id,
    round: e.round,
    state: e.state as EscalationView['state'],
    from: {
      team: e.from_team_id === null ? null : { id: e.from_team_id, name: e.from_team ?? '' },
      userId: e.from_user_id,
      name: e.from_name,
    },
    to: { id: e.to_team_id, name: e.to_team },
    packet: e.packet as Packet,
    sentAt: e.sent_at as unknown as string,
    paged: e.paged,
    decided: e.decided_at ? { at: e.decided_at as unknown as string, name: e.decided_name ?? '' } : null,
    reason: e.reason,
  }))
}
