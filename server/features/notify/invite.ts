import type { Context } from '../../platform/context.ts'
import { eventInput, ref, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { resetAsked, resetOffered, userInvited } from '../identity/index.ts'
import { writeLetters } from './letter.ts'
import { readerTime } from './reader-time.ts'

type Letter = { userId: string; email: string; invitationId: string; title: string; lines: string[]; reason: string }

/**
 * A mail with a one-time link to the address of the account: it has no contact method yet. The link is asked of
 * identity when the mail is sent and stands nowhere. An event that comes twice sends one mail.
 */
const queueLetter = async (ctx: Context, letter: Letter) => {
  const subject = ref('invitation', letter.invitationId)
  const sent = await ctx.db.selectFrom('deliveries').select('id').where('subject', '=', subject).executeTakeFirst()
  if (sent) return ctx.unchanged(undefined)
  const { userId, email, title, lines, invitationId: invitation, reason } = letter
  const about = [ref('user', userId)]
  const until = await endOf(ctx, invitation)
  const message = { title, lines: [...lines, until], invitation }
  await writeLetters(ctx, [{ userId, email, message, subject, about, reason }])
  ctx.unchanged(undefined)
}

/** Until when its link works. */
const endOf = async (ctx: Context, invitationId: string): Promise<string> => {
  const row = await ctx.db
    .selectFrom('invitations')
    .innerJoin('users', 'users.id', 'invitations.user_id')
    .select(['invitations.expires_at', 'users.zone'])
    .where('invitations.id', '=', invitationId)
    .executeTakeFirst()
  if (!row) return 'The link works once.'
  return `The link works once, until ${readerTime(row.expires_at, row.zone)}.`
}

/** What it is to those who have never heard of it. */
const whatItIs = (role: string): string =>
  ['requester', 'stakeholder'].includes(role)
    ? 'Watchfloor is where you tell support what is wrong, ask for what you need, and see how it stands.'
    : 'Watchfloor is where your teams hear of trouble with what they support, and work on it.'

/** Invitations made by people and programs are mailed; those of the installation itself (a seed) are not. */
export const mailInvitation = verb('contact.mail_invitation', {
  permission: 'system',
  input: eventInput(userInvited),
  async run(ctx, event) {
    if (event.actor.kind === 'system') return ctx.unchanged(undefined)
    await queueLetter(ctx, {
      userId: refId(event.subject),
      email: event.data.email,
      invitationId: event.data.invitationId,
      title:
        event.actor.kind === 'user' ? `${event.actor.name} invites you to Watchfloor` : 'You are invited to Watchfloor',
      lines: [
        whatItIs(event.data.role),
        `${event.data.name}, you can sign in after you have set a password with this link.`,
      ],
      reason: 'An invitation.',
    })
  },
})

export const mailReset = verb('contact.mail_reset', {
  permission: 'system',
  input: eventInput(resetOffered),
  async run(ctx, event) {
    if (event.actor.kind === 'system') return ctx.unchanged(undefined)
    await queueLetter(ctx, {
      userId: refId(event.subject),
      email: event.data.email,
      invitationId: event.data.invitationId,
      title: 'A link to set a new password in Watchfloor',
      lines: [`${event.actor.name} made a link with which you set a new password.`],
      reason: 'A new password.',
    })
  },
})

export const mailForgotten = verb('contact.mail_forgotten', {
  permission: 'system',
  input: eventInput(resetAsked),
  async run(ctx, event) {
    await queueLetter(ctx, {
      userId: refId(event.subject),
      email: event.data.email,
      invitationId: event.data.invitationId,
      title: 'A link to set a new password in Watchfloor',
      lines: [
        `Somebody at ${event.data.address} asked for a link with which you set a new password.`,
        'If that was not you, do nothing: your password goes on as it is.',
      ],
      reason: 'A forgotten password.',
    })
  },
})

export const invitationReactions = [
  { event: userInvited, verb: mailInvitation },
  { event: resetOffered, verb: mailReset },
  { event: resetAsked, verb: mailForgotten },
]
