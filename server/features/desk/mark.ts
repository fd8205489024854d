import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'

/**
 * Puts a small fact of another feature on a ticket, for lists: `mark(ctx, id, 'major', {callers: 37})`; null takes it
 * away. Inner function; the caller records the event about it. The version stays: nobody's edit is in its way.
 */
export const mark = async (ctx: Context, ticketId: string, name: string, value: unknown): Promise<void> => {
  const marks =
    value === null || value === undefined
      ? sql`marks - ${name}::text`
      : sql`marks || jsonb_build_object(${name}::text, ${JSON.stringify(value)}::jsonb)`
  await sql`update tickets set marks = ${marks} where id = ${ticketId}`.execute(ctx.db)
}
