import { z } from 'zod'
import { setCutInput } from '../../../contract/chains/graph.ts'
import type { ReadContext } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { USUAL_CUT } from './business-date.ts'
import { cutSet } from './events.ts'

const showCuts = async ({ db }: Pick<ReadContext, 'db'>) => ({
  usual: USUAL_CUT,
  items: await db.selectFrom('chain_cuts').select(['zone', 'cut']).orderBy('zone').execute(),
})

export const readCuts = query('chain.cuts', {
  permission: 'chain.read',
  input: z.object({}),
  async run(ctx) {
    // The same for everybody; there is no row to choose.
    void ctx.scope
    return showCuts(ctx)
  },
})

/** From the next prediction on: what was predicted of dates before stays as it is. */
export const setCut = verb('chain.set_cut', {
  permission: 'chain.setting',
  input: setCutInput,
  async run(ctx, { zone, cut }) {
    const before = await ctx.db.selectFrom('chain_cuts').select('cut').where('zone', '=', zone).executeTakeFirst()
    if ((before?.cut ?? USUAL_CUT) === cut) return ctx.unchanged(await showCuts(ctx))
    if (cut === USUAL_CUT) await ctx.db.deleteFrom('chain_cuts').where('zone', '=', zone).execute()
    else
      await ctx.db
        .insertInto('chain_cuts')
        .values({ zone, cut, updated_at: ctx.now() })
        .onConflict((on) => on.column('zone').doUpdateSet({ cut, updated_at: ctx.now() }))
        .execute()
    ctx.record(cutSet, {
      subject: ref('chain-cut', zone),
      data: { zone, before: before?.cut ?? USUAL_CUT, after: cut },
    })
    return showCuts(ctx)
  },
})
