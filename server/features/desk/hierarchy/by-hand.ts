import { escalateUpInput } from '../../../../contract/desk/index.ts'
import { actorRow, userOf } from '../../../platform/access.ts'
import { invalid } from '../../../platform/errors.ts'
import { verb } from '../../../platform/verb.ts'
import { teamOf } from '../people.ts'
import { recordAbout } from '../record.ts'
import { acted } from '../save.ts'
import { takeTicket } from '../ticket.ts'
import { ticketEscalatedUp } from './events.ts'
import { tellUp, whomToTell } from './people.ts'

/** Tells the leads or the managers of the team that has a ticket, because somebody wants them to know. */
export const escalateUp = verb('ticket.escalate_up', {
  permission: 'ticket.work',
  input: escalateUpInput,
  async run(ctx, { id, to, reason }) {
    const ticket = await takeTicket(ctx, id, 'escalateUp')
    const team = (await teamOf(ctx, ticket.team_id))?.name ?? null
    const people = (await whomToTell(ctx, ticket.team_id, to)).filter((p) => p.id !== userOf(ctx.actor))
    if (people.length === 0)
      throw invalid(
        'to',
        `${team ?? 'no team'} has no ${to} but you; ${to === 'leads' ? 'name one under People and teams' : 'name one under Settings'}`,
      )
    await tellUp(ctx, ticket, people, [`${actorRow(ctx.actor).name}: ${reason}`])
    const data = { by: 'hand' as const, step: null, to, team, told: people.map((p) => p.name), why: reason }
    await recordAbout(ctx, ticket, ticketEscalatedUp, data, { about: people.map((p) => `user:${p.id}`) })
    return acted(ctx, ticket)
  },
})
