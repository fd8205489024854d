import { sql } from 'kysely'
import { numberPrefix, type TicketKind } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'

/** The next number of a kind: "INC-12". Numbers are never used twice; a ticket that was not kept leaves a gap. */
export const nextNumber = async (ctx: Context, kind: TicketKind): Promise<string> => {
  const { rows } = await sql<{ n: number }>`select nextval(${`ticket_numbers_${kind}`}::regclass) as n`.execute(ctx.db)
  return `${numberPrefix[kind]}-${rows[0]?.n}`
}
