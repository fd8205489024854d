import { sql } from 'kysely'
import { actorRow } from '../../platform/access.ts'
import { millisBetween } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { conflict } from '../../platform/errors.ts'
import type { Ticket } from './ticket.ts'
import { lengthWords } from './time-words.ts'

/**
 * Two who reply at once: the second is told that the first did, so that he reads it before he sends. `seen` is the
 * newest reply he had read. The caller holds the ticket's row, so nobody can come in between. Throws `conflict`.
 */
export const requireRead = async (ctx: Context, ticket: Ticket, seen: string | null): Promise<void> => {
  const { id } = actorRow(ctx.actor)
  const { rows } = await sql<{ author_name: string; at: Temporal.Instant }>`
    select m.author_name, m.at from messages m
    left join messages s on s.id = ${seen}::uuid and s.ticket_id = m.ticket_id
    where m.ticket_id = ${ticket.id} and m.kind = 'public' and m.author_id is distinct from ${id}
      and (s.id is null or (m.at, m.id) > (s.at, s.id))
    order by m.at desc, m.id desc limit 1`.execute(ctx.db)
  const [newer] = rows
  if (!newer) return
  const ago = lengthWords(millisBetween(newer.at, ctx.now()))
  throw conflict(
    `${newer.author_name} replied ${ago} ago, after you had begun. Read it first; then send again if it still fits.`,
  )
}
