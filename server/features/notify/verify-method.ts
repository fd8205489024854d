import { codeInput } from '../../../contract/notify/index.ts'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { sameText } from '../../platform/crypto.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { facts, ownMethod } from './add-method.ts'
import { verificationCode } from './code.ts'
import { methodVerified } from './events.ts'
import { type MethodRow, methodView } from './views.ts'

const MOST_TRIES = 5

/**
 * Proves that a contact method reaches its owner. The first verified one gets rules for both urgencies, so that a
 * person who has one can be paged. A wrong code counts, which is a change of its own: the answer says `wrong`.
 */
export const verifyMethod = verb('contact.verify', {
  permission: 'contact.write',
  input: codeInput,
  async run(ctx, { id, code }) {
    const row = await ownMethod(ctx, id)
    if (row.verified_at) return ctx.unchanged({ method: methodView(row, false), wrong: null })
    const proof = await ctx.db
      .selectFrom('contact_verifications')
      .selectAll()
      .where('method_id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!proof) throw new AppError('conflict', 'No code was sent; ask for one first.')
    if (isBefore(proof.expires_at, ctx.now())) throw invalid('code', 'it has run out; ask for a new one')
    if (proof.tries >= MOST_TRIES) throw new AppError('too_many', 'Too many wrong codes; ask for a new one.')
    if (!sameText(verificationCode(ctx.crypto, proof.nonce), code)) return wrongCode(ctx, row, proof.tries + 1)
    return { method: await accept(ctx, row), wrong: null }
  },
})

// Thrown errors roll back, and a count of tries that rolls back counts nothing: so it is answered, and routes.ts throws.
const wrongCode = async (ctx: Context, row: MethodRow, tries: number) => {
  await ctx.db.updateTable('contact_verifications').set({ tries }).where('method_id', '=', row.id).execute()
  return ctx.unchanged({
    method: methodView(row, true),
    wrong: `is not the one that was sent; ${MOST_TRIES - tries} tries are left`,
  })
}

const accept = async (ctx: Context, row: MethodRow) => {
  await ctx.db.deleteFrom('contact_verifications').where('method_id', '=', row.id).execute()
  const verified = await ctx.db
    .updateTable('contact_methods')
    .set((eb) => ({ verified_at: ctx.now(), version: eb('version', '+', 1) }))
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await firstRules(ctx, row)
  ctx.record(methodVerified, { subject: ref('method', row.id), about: [ref('user', row.user_id)], data: facts(row) })
  return methodView(verified, false)
}

const firstRules = async (ctx: Context, row: MethodRow) => {
  const existing = await ctx.db
    .selectFrom('notification_rules')
    .select('id')
    .where('user_id', '=', row.user_id)
    .limit(1)
    .executeTakeFirst()
  if (existing) return
  const rules = (['high', 'low'] as const).map((urgency) => ({
    id: newId(),
    user_id: row.user_id,
    urgency,
    method_id: row.id,
    after_minutes: 0,
  }))
  await ctx.db.insertInto('notification_rules').values(rules).execute()
}
