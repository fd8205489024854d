import { z } from 'zod'
import { type Instant, isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { silenceEnded } from './events.ts'
import { storedMatchers } from './holds.ts'
import { matchersInWords } from './matchers.ts'
import { sweep } from './sweep.ts'

const key = (id: string) => `silence.turn:${id}`

/** Looks at a silence again when it begins or ends. */
export const dueAtTurn = (ctx: Context, id: string, at: Instant): void =>
  ctx.due({ key: key(id), at, run: { name: 'silence.turn' }, input: { id }, subject: ref('silence', id) })

/** The start or the end of a silence has come. */
export const turnSilence = verb('silence.turn', {
  permission: 'system',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const row = await ctx.db.selectFrom('silences').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row || row.ended_at) return ctx.unchanged(null)
    if (!isBefore(ctx.now(), row.ends_at)) {
      await endIt(ctx, row, 'time')
      return null
    }
    const begun = !isBefore(ctx.now(), row.starts_at)
    dueAtTurn(ctx, id, begun ? row.ends_at : row.starts_at)
    if (begun) await sweep(ctx, { kind: 'silence', id, mode: 'hold', after: null })
    return ctx.unchanged(null)
  },
})

/** Ends a silence that this transaction holds, and tells of what it held back and still fires. */
export const endIt = async (
  ctx: Context,
  row: { id: string; matchers: unknown; team_id: string | null },
  how: 'time' | 'hand',
): Promise<void> => {
  await ctx.db
    .updateTable('silences')
    .set((eb) => ({ ended_at: ctx.now(), version: eb('version', '+', 1) }))
    .where('id', '=', row.id)
    .execute()
  ctx.cancelDue(key(row.id))
  ctx.record(silenceEnded, {
    subject: ref('silence', row.id),
    team: row.team_id,
    data: { what: matchersInWords(storedMatchers(row.matchers) ?? []), how },
  })
  await sweep(ctx, { kind: 'silence', id: row.id, mode: 'release', after: null })
}
