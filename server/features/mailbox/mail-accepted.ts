import { plusSeconds } from '../../platform/clock.ts'
import { eventInput, ref, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { ticketEscalationAccepted, ticketEscalationRestored } from '../desk/index.ts'
import { stopTelling } from '../notify/index.ts'
import { acceptance } from './letters.ts'
import { colleagues, ticketFacts } from './readers.ts'
import { UNDO_SECONDS, writeMail } from './write.ts'

const waiting = (ticketId: string) => ref('acceptance', ticketId)

/** Tells whoever escalated a ticket, and whoever had it, that it is the others' now; and whoever has it there. */
export const mailAccepted = verb('mailbox.mail_accepted', {
  permission: 'system',
  input: eventInput(ticketEscalationAccepted),
  async run(ctx, { id, at, subject, actor, data }) {
    const ticket = await ticketFacts(ctx, refId(subject))
    const escalation = await ctx.db
      .selectFrom('escalations')
      .select(['from_user_id', 'before', 'state'])
      .where('id', '=', data.escalationId)
      .executeTakeFirst()
    if (!ticket || escalation?.state !== 'accepted') return ctx.unchanged(null)
    const { accepted } = escalation.before as { accepted?: { assigneeId: string | null } }
    const to = [
      { id: escalation.from_user_id, tie: 'sender' as const },
      { id: accepted?.assigneeId ?? null, tie: 'sender' as const },
      { id: data.assignee.id, tie: 'owner' as const },
    ]
    await writeMail(ctx, {
      ticket,
      readers: await colleagues(ctx, to, actor),
      of: id,
      words: (tie) => acceptance(ticket, tie, { by: actor.name, team: data.to.name, assignee: data.assignee.name }),
      subject: waiting(ticket.id),
      reason: 'Its escalation was accepted.',
      at: plusSeconds(at, UNDO_SECONDS),
    })
    return ctx.unchanged(null)
  },
})

/** What was accepted by a slip is told to nobody. */
export const acceptanceTakenBack = verb('mailbox.acceptance_taken_back', {
  permission: 'system',
  input: eventInput(ticketEscalationRestored),
  async run(ctx, { subject }) {
    await stopTelling(ctx, waiting(refId(subject)))
    return ctx.unchanged(null)
  },
})
