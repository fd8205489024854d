import { z } from 'zod'
import { secondCode } from '../../../../contract/identity/sign-in-ways.ts'
import type { Db } from '../../../platform/db/pool.ts'
import { ref } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { codeTaken } from '../events.ts'
import { findUser } from '../lookup.ts'
import { hashOf, stepOf } from './codes.ts'
import { SEALED_APP } from './set-up.ts'

/** Whether a code is asked for after the password of this person. */
export const asksForCode = async (db: Db, userId: string): Promise<boolean> =>
  (await db
    .selectFrom('second_factors')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()) !== undefined

/** Takes a code, of the app or for recovery, that has not been taken before. False when it is none. Reached by signing in alone. */
export const takeCode = verb('session.take_code', {
  permission: 'system',
  input: z.object({ userId: z.uuid(), code: secondCode }),
  async run(ctx, { userId, code }) {
    const factor = await ctx.db
      .selectFrom('second_factors')
      .selectAll()
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst()
    const user = await findUser(ctx.db, userId)
    if (!factor || !user) return ctx.unchanged(false)
    const step = stepOf(ctx.crypto.open(SEALED_APP, factor.secret), code, ctx.now(), Number(factor.last_step))
    const recovery = factor.recovery.filter((hash) => hash !== hashOf(code))
    const recovered = recovery.length < factor.recovery.length
    if (step === null && !recovered) return ctx.unchanged(false)
    await ctx.db
      .updateTable('second_factors')
      .set(step === null ? { recovery } : { last_step: step })
      .where('user_id', '=', userId)
      .execute()
    ctx.record(codeTaken, {
      subject: ref('user', userId),
      by: { id: userId, name: user.name },
      data: { name: user.name, recovery: step === null, left: recovery.length },
    })
    return true
  },
})
