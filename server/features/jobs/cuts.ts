import { z } from 'zod'
import { setCutInput } from '../../../contract/chains/graph.ts'
import { businessCut } from '../../../contract/jobs/words.ts'
import type { ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { cutSet } from './events.ts'

/** When business dates begin in a zone: as it was set, else when they usually do. */
export const cutsNow = async (db: Db): Promise<(zone: string) => string> => {
  const cuts = new Map((await showCuts({ db })).items.map((one) => [one.zone, one.cut]))
  return (zone) => cuts.get(zone) ?? businessCut
}

/** When the days of a calendar begin in a zone: at a time that was asked for, or as business dates do. */
export const beginsBy = async (db: Db, cut: string): Promise<(zone: string) => string> =>
  cut === 'business' ? cutsNow(db) : () => cut

const showCuts = async ({ db }: Pick<ReadContext, 'db'>) => ({
  usual: businessCut,
  items: await db.selectFrom('business_cuts').select(['zone', 'cut']).orderBy('zone').execute(),
})

export const readCuts = query('chain.cuts', {
  permission: 'chain.read',
  input: z.object({}),
  async run(ctx) {
    // The same for everybody who reads chains; whoever reads how deadlines stand does not.
    return ctx.scope.rows === 'all' ? showCuts(ctx) : { usual: businessCut, items: [] }
  },
})

/** From the next prediction on: what was predicted of dates before stays as it is. */
export const setCut = verb('chain.set_cut', {
  permission: 'chain.setting',
  input: setCutInput,
  async run(ctx, { zone: given, cut }) {
    // Jobs name it with its own letters: europe/london is Europe/London.
    const zone = ctx.now().toZonedDateTimeISO(given).timeZoneId
    const before = await ctx.db.selectFrom('business_cuts').select('cut').where('zone', '=', zone).executeTakeFirst()
    if ((before?.cut ?? businessCut) === cut) return ctx.unchanged(await showCuts(ctx))
    if (cut === businessCut) await ctx.db.deleteFrom('business_cuts').where('zone', '=', zone).execute()
    else
      await ctx.db
        .insertInto('business_cuts')
        .values({ zone, cut, updated_at: ctx.now() })
        .onConflict((on) => on.column('zone').doUpdateSet({ cut, updated_at: ctx.now() }))
        .execute()
    ctx.record(cutSet, {
      subject: ref('chain-cut', zone),
      data: { zone, before: before?.cut ?? businessCut, after: cut },
    })
    return showCuts(ctx)
  },
})
