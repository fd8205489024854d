import { z } from 'zod'
import { methodInput } from '../../../contract/notify/index.ts'
import { plusMinutes } from '../../platform/clock.ts'
import { type Context, requireUser } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { invalidInput } from '../../platform/parse.ts'
import { verb } from '../../platform/verb.ts'
import { channelOf } from './channels.ts'
import { codeSent, methodAdded } from './events.ts'
import { sendingOf } from './queue.ts'
import { SEALED_CONTACT } from './stored.ts'
import { type MethodRow, methodView } from './views.ts'

const MOST_METHODS = 20
const CODE_MINUTES = 30

/** Adds a contact method of one's own; a code goes to it at once where its channel asks for proof. */
export const addMethod = verb('contact.add', {
  permission: 'contact.write',
  input: methodInput,
  async run(ctx, input) {
    const userId = ownUser(ctx)
    const channel = channelOf(input.channel)
    if (channel.forDesk && !ctx.scope.internal)
      throw new AppError(
        'forbidden',
        `${channel.title} is for those who are paged: responders, leads, administrators and members of teams.`,
      )
    const config = channel.config.safeParse(input.config)
    if (!config.success) throw invalidInput(config.error.issues.map((i) => ({ ...i, path: ['config', ...i.path] })))
    const { count } = await ctx.db
      .selectFrom('contact_methods')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow()
    if (Number(count) >= MOST_METHODS)
      throw new AppError('conflict', `You have ${MOST_METHODS} contact methods; remove one first.`)
    const address = channel.describe(config.data)
    const row = await ctx.db
      .insertInto('contact_methods')
      .values({
        id: newId(),
        user_id: userId,
        channel: channel.kind,
        label: input.label ?? `${channel.title} to ${address}`,
        config: ctx.crypto.seal(SEALED_CONTACT, JSON.stringify(config.data)),
        address,
        verified_at: channel.needsVerification ? null : ctx.now(),
        created_at: ctx.now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    ctx.record(methodAdded, { subject: ref('method', row.id), about: [ref('user', userId)], data: facts(row) })
    if (channel.needsVerification) await startVerification(ctx, row)
    return methodView(row, channel.needsVerification)
  },
})

/** Sends a new code; the one before is void. */
export const sendCode = verb('contact.send_code', {
  permission: 'contact.write',
  input: z.object({ id: z.string() }),
  async run(ctx, { id }) {
    const row = await ownMethod(ctx, id)
    if (row.verified_at) throw new AppError('conflict', `${row.label} is verified already.`)
    await startVerification(ctx, row)
    return { ok: true as const }
  },
})

export const facts = (row: MethodRow) => ({ channel: row.channel, address: row.address, label: row.label })

/** Contact methods are one's own; `contact.write` gives nobody more. */
export const ownUser = (ctx: Context): string => ctx.scope.userId ?? requireUser(ctx)

export const ownMethod = async (ctx: Context, id: string): Promise<MethodRow> => {
  const row = await ctx.db
    .selectFrom('contact_methods')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', ownUser(ctx))
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', 'You have no such contact method.')
  return row
}

const startVerification = async (ctx: Context, row: MethodRow) => {
  const proof = { nonce: newId(), expires_at: plusMinutes(ctx.now(), CODE_MINUTES), tries: 0 }
  await ctx.db
    .insertInto('contact_verifications')
    .values({ method_id: row.id, ...proof })
    .onConflict((c) => c.column('method_id').doUpdateSet(proof))
    .execute()
  const lines = [
    'Somebody added this address to an account in Watchfloor. Enter the code there to prove that it reaches you.',
  ]
  await sendToMethod(
    ctx,
    row,
    { title: 'Your code for Watchfloor', lines, codeFor: proof.nonce },
    'Proof of a contact method.',
  )
  ctx.record(codeSent, { subject: ref('method', row.id), about: [ref('user', row.user_id)], data: facts(row) })
}

/** One message to one method, past the notification rules: a code, a test. Returns the delivery's id. */
export const sendToMethod = async (
  ctx: Context,
  row: MethodRow,
  message: { title: string; lines: string[]; codeFor?: string },
  reason: string,
): Promise<string> => {
  const id = newId()
  await ctx.db
    .insertInto('deliveries')
    .values({
      id,
      class: 'conversation',
      user_id: row.user_id,
      method_id: row.id,
      channel: row.channel,
      address: row.address,
      message: JSON.stringify(message),
      subject: ref('method', row.id),
      reason,
      state: 'queued',
      created_at: ctx.now(),
      due_at: ctx.now(),
    })
    .execute()
  ctx.due({ ...sendingOf({ id, class: 'conversation', at: ctx.now(), userId: row.user_id }), priority: 0 })
  return id
}
