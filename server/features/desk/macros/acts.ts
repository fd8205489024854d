import { fillIn, type MacroAct, type TicketActed } from '../../../../contract/desk/index.ts'
import { requireScope } from '../../../platform/access.ts'
import { type Context, requireUser } from '../../../platform/context.ts'
import { conflict } from '../../../platform/errors.ts'
import type { Verb } from '../../../platform/verb.ts'
import { assignTicket, unassignTicket } from '../assign.ts'
import { changeTicket } from '../change.ts'
import { moveTicket } from '../move.ts'
import { noteTicket } from '../note.ts'
import { pendTicket, resumeTicket } from '../pend.ts'
import { reopenTicket } from '../reopen.ts'
import { replyTicket } from '../reply.ts'
import { resolveTicket } from '../resolve.ts'
import type { Ticket } from '../ticket.ts'
import { unwatchTicket, watchTicket } from '../watch.ts'
import { valuesOf } from './values.ts'

export type Undo = NonNullable<TicketActed['undo']>
type Done = { undo: Undo | null }

/** Does one act of a macro as if by hand: the same verb, with its rules and its events. */
export const doAct = async (ctx: Context, ticket: Ticket, a: MacroAct): Promise<Done> => {
  const { id } = ticket
  const words = async (text: string) => fillIn(text, await valuesOf(ctx, id))
  switch (a.act) {
    case 'take':
      return assignTicket.run(ctx, { id, userId: requireUser(ctx) })
    case 'assign':
      return assignTicket.run(ctx, { id, userId: a.userId })
    case 'unassign':
      return unassignTicket.run(ctx, { id })
    case 'move':
      return moveTicket.run(ctx, { id, teamId: a.teamId })
    case 'change':
      return changeTicket.run(ctx, { id, impact: a.impact, urgency: a.urgency })
    case 'note':
      return noteTicket.run(ctx, { id, body: await words(a.body), attachments: [] })
    case 'resume':
      return resumeTicket.run(ctx, { id })
    case 'resolve':
      return resolveTicket.run(ctx, { id, children: false, resolution: await words(a.resolution) })
    case 'watch':
      requireScope(ctx.actor, 'ticket.reply')
      return watchTicket.run(ctx, { id, userId: 'me' })
    case 'pend': {
      const until = a.minutes ? ctx.now().add({ minutes: a.minutes }) : undefined
      return pendTicket.run(ctx, { id, reason: a.reason, until })
    }
    case 'reply': {
      requireScope(ctx.actor, 'ticket.reply')
      const said = await replyTicket.run(ctx, { id, body: await words(a.body), attachments: [], toChildren: false })
      // A reply to a closed ticket would open another, of which nothing else here knows.
      if (said.followUp) throw conflict(`${ticket.number} is over.`)
      return said
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each takes the input that its act gave with its undo.
const takingBack: Partial<Record<Undo['act'], Verb<any, unknown>>> = {
  assign: assignTicket,
  unassign: unassignTicket,
  move: moveTicket,
  change: changeTicket,
  pend: pendTicket,
  resume: resumeTicket,
  reopen: reopenTicket,
  unwatch: unwatchTicket,
  watch: watchTicket,
}

export const takeBackAct = async (ctx: Context, { act, input }: Undo): Promise<void> => {
  const v = takingBack[act]
  if (!v) throw new Error(`A macro cannot take ${act} back.`)
  await v.run(ctx, v.input.parse(input))
}
