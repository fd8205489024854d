import { sql } from 'kysely'
import { reportedAs } from '../../../../contract/desk/index.ts'
import type { Context, ReadContext } from '../../../platform/context.ts'
import type { Ticket } from '../ticket.ts'

/**
 * What similar tickets are found by: kept apart, because the row of a ticket is written at each act. `told`: what of it
 * is compared, where a program wrote the sentences; once a person has changed them, all of it is.
 */
export const keepWords = async (
  ctx: Context,
  t: Pick<Ticket, 'id' | 'title' | 'description'>,
  told?: string,
): Promise<void> => {
  await sql`
    insert into ticket_words (ticket_id, search, told)
    values (${t.id}, setweight(to_tsvector('english', ${t.title}), 'A')
      || setweight(to_tsvector('english', left(${t.description}, 4000)), 'B'), left(${told ?? null}, 4000))
    on conflict (ticket_id) do update set search = excluded.search, told = excluded.told`.execute(ctx.db)
}

/** The words of a ticket by which what is like it is looked for. */
export const toldOf = async (ctx: Pick<ReadContext, 'db'>, t: Pick<Ticket, 'id' | 'title' | 'description'>) => {
  const row = await ctx.db.selectFrom('ticket_words').select('told').where('ticket_id', '=', t.id).executeTakeFirst()
  return (row?.told ?? `${t.title}\n${t.description.replace(asked, '')}`).slice(0, MOST_TOLD)
}

const MOST_TOLD = 1_000
/** What the form asked is no word of whoever filled it in. */
const asked = new RegExp(`^(?:${Object.values(reportedAs).join('|')}): .*$`, 'gm')
