import { methodRef, rulesInput } from '../../../contract/notify/index.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { facts, ownMethod, ownUser, sendToMethod } from './add-method.ts'
import { methodRemoved, methodTested, rulesSet } from './events.ts'
import { methodsOf, rulesOf } from './stored.ts'

/** Removes a contact method; the rules that use it go with it, and what waits for it falls to the next one. */
export const removeMethod = verb('contact.remove', {
  permission: 'contact.write',
  input: methodRef,
  async run(ctx, { id }) {
    const row = await ownMethod(ctx, id)
    await ctx.db.deleteFrom('contact_methods').where('id', '=', row.id).execute()
    ctx.record(methodRemoved, { subject: ref('method', row.id), about: [ref('user', row.user_id)], data: facts(row) })
    return { ok: true as const }
  },
})

/** Sends a test; the attempt and its answer are seen at the delivery. */
export const testMethod = verb('contact.test', {
  permission: 'contact.write',
  input: methodRef,
  async run(ctx, { id }) {
    const row = await ownMethod(ctx, id)
    if (!row.verified_at)
      throw new AppError('conflict', `${row.label} is not verified yet; enter the code that was sent to it.`)
    const lines = ['This is a test. If you can read it, pages will reach you this way.']
    const deliveryId = await sendToMethod(
      ctx,
      row,
      { title: 'Test from Watchfloor', lines },
      'A test that you asked for.',
    )
    ctx.record(methodTested, { subject: ref('method', row.id), about: [ref('user', row.user_id)], data: facts(row) })
    return { deliveryId }
  },
})

/** Replaces one's own rules for one urgency. */
export const setRules = verb('contact.set_rules', {
  permission: 'contact.write',
  input: rulesInput,
  async run(ctx, { urgency, rules }) {
    const userId = ownUser(ctx)
    const methods = new Set((await methodsOf(ctx.db, userId)).map((m) => m.id))
    const stranger = rules.findIndex((r) => !methods.has(r.methodId))
    if (stranger >= 0)
      throw invalid(`rules.${stranger}.methodId`, 'is not one of your contact methods; choose one of them')
    const removed = await ctx.db
      .deleteFrom('notification_rules')
      .where('user_id', '=', userId)
      .where('urgency', '=', urgency)
      .returning('id')
      .execute()
    const rows = rules.map((r) => ({
      id: newId(),
      user_id: userId,
      urgency,
      method_id: r.methodId,
      after_minutes: r.afterMinutes,
    }))
    if (rows.length > 0) await ctx.db.insertInto('notification_rules').values(rows).execute()
    ctx.record(rulesSet, {
      subject: ref('user', userId),
      data: { urgency, before: removed.length, after: rows.length },
    })
    return { rules: (await rulesOf(ctx.db, userId)).filter((r) => r.urgency === urgency) }
  },
})
