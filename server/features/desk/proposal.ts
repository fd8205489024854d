import { proposalInput } from '../../../contract/desk/index.ts'
import { actorRow } from '../../platform/access.ts'
import { query } from '../../platform/query.ts'
import { findTeam } from '../identity/index.ts'
import { clocksOf, termsFor } from '../sla/index.ts'
import { urgencyOf } from './brief.ts'
import { saidOf } from './clock-plan.ts'
import { termsWords } from './clocks-now.ts'
import { impactFacts, serviceFacts, urgencyFacts } from './facts.ts'
import { matrixNow } from './matrix.ts'
import { hoursToWaitFor } from './page.ts'
import { prioritise } from './prioritise.ts'
import { proposeImpact, proposeUrgency } from './propose.ts'

/** What a ticket would become if it were opened now, by the same rules and with the same sentences. */
export const proposeTicket = query('ticket.propose', {
  permission: 'ticket.work',
  input: proposalInput,
  async run(ctx, given) {
    const { environment } = given
    const facts = await serviceFacts(ctx, given.serviceId ?? null)
    const because = `set by ${actorRow(ctx.actor).name}`
    const {
      basis,
      overridden: _,
      ...priority
    } = prioritise(
      {
        impact: proposeImpact(impactFacts(given, facts)),
        urgency: proposeUrgency(urgencyFacts(given, facts, ctx.now())),
      },
      {
        impact: given.impact ? { level: given.impact, because } : null,
        urgency: given.urgency ? { level: given.urgency, because } : null,
        override: null,
      },
      await matrixNow(ctx),
    )
    const terms = await termsFor(ctx.db, {
      ...given,
      serviceId: facts.service?.id ?? null,
      priority: priority.priority,
    })
    const opened = { at: ctx.now(), what: 'opened', priority: priority.priority } as const
    const clocks = clocksOf({ facts: [opened], policy: terms.policy, calendar: terms.calendar, now: ctx.now() })
    const teamId = facts.service?.ownerTeamId
    const team = teamId ? await findTeam(ctx.db, teamId) : null
    return {
      ...priority,
      basis: { impact: basis.impact, urgency: basis.urgency },
      team: team && { id: team.id, name: team.name },
      clocks: clocks.map(({ clock, label, dueAt, tell }) => ({ name: clock, label, dueAt, derivation: tell() })),
      derivation: termsWords(saidOf(terms)),
      wakes: urgencyOf({ environment, priority: priority.priority }) === 'high',
      pageWaits: (await hoursToWaitFor(ctx, environment, facts))?.words ?? null,
    }
  },
})
