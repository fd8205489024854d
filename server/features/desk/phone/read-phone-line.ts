import type { Environment } from '../../../../contract/base.ts'
import {
  type Level,
  type PriorityMatrix,
  type PriorityNumber,
  readPhoneLineInput,
} from '../../../../contract/desk/index.ts'
import { actorRow, userOf } from '../../../platform/access.ts'
import type { ReadContext } from '../../../platform/context.ts'
import { query } from '../../../platform/query.ts'
import { findService, findUnit, servicesOfUnit } from '../../catalog/index.ts'
import { findTeam } from '../../identity/index.ts'
import { findCandidates } from '../candidates.ts'
import { impactFacts, type ServiceFacts, serviceFacts, urgencyFacts } from '../facts.ts'
import { matrixNow } from '../matrix.ts'
import { type Chosen, prioritise } from '../prioritise.ts'
import { proposeImpact, proposeUrgency } from '../propose.ts'
import { serviceOfUnit } from './inferred.ts'
import { knownFor } from './known.ts'
import { levelsFor } from './levels.ts'
import type { Meant } from './names.ts'
import { readLine } from './read-line.ts'

/** Reads a line of the phone log as it is typed; what was chosen by hand counts before what the line says. */
export const readPhoneLine = query('ticket.read_phone_line', {
  permission: 'ticket.work',
  input: readPhoneLineInput,
  async run(ctx, given) {
    // Whoever works tickets works all of them.
    void ctx.scope
    const zone = given.zone ?? (await zoneOf(ctx))
    const said = readLine(given.line, {
      now: ctx.now(),
      zone,
      known: await knownFor(ctx, given.line),
      not: new Set(given.not ?? []),
    })
    const unit = (await chosenUnit(ctx, given.businessUnitId)) ?? said.unit
    const used = unit ? await servicesOfUnit(ctx.db, unit.id) : []
    const service =
      (await chosenService(ctx, given.serviceId)) ??
      said.service ??
      (given.not?.includes('service') ? null : serviceOfUnit(said.title, used))
    const environment = given.environment ?? said.environment
    const facts = await serviceFacts(ctx, service?.id ?? null)
    const levels = {
      impact: given.impact ?? said.impact ?? undefined,
      urgency: given.urgency ?? said.urgency ?? undefined,
    }
    const by = `said on the phone to ${actorRow(ctx.actor).name}`
    const { impact, urgency, priority, reason } = prioritised(
      { facts, environment: environment ?? 'prod', now: ctx.now(), matrix: await matrixNow(ctx), by },
      levels,
      given.impact || given.urgency ? null : said.priority,
    )
    const team = facts.service?.ownerTeamId ? await findTeam(ctx.db, facts.service.ownerTeamId) : null
    const title = /[\p{L}\p{N}]/u.test(said.title) ? said.title : ''
    return {
      title,
      service,
      unit,
      person: said.person,
      since: said.since,
      environment,
      said: { priority: said.priority, impact: said.impact, urgency: said.urgency },
      impact,
      urgency,
      priority,
      reason,
      team: team && { id: team.id, name: team.name },
      candidates:
        title === '' && !service && !unit
          ? []
          : await findCandidates(ctx, {
              title,
              serviceId: service?.id ?? null,
              environment: environment ?? 'prod',
              // Nobody calls about a change or the cause behind incidents.
              kinds: ['incident', 'request'],
              unit: unit && { name: unit.name, serviceIds: used.map((s) => s.id) },
            }),
    }
  },
})

type Setting = {
  facts: ServiceFacts
  environment: Environment
  now: Temporal.Instant
  matrix: PriorityMatrix
  /** "said on the phone to Priya N." */
  by: string
}

/** Impact × urgency of a call: what was said, else what gives the priority that was said, else what the rules propose. */
export const prioritised = (
  { facts, environment, now, matrix, by }: Setting,
  levels: { impact?: Level | undefined; urgency?: Level | undefined },
  wanted: PriorityNumber | null,
) => {
  const kind = { kind: 'incident', environment } as const
  const proposed = {
    impact: proposeImpact(impactFacts(kind, facts)),
    urgency: proposeUrgency(urgencyFacts(kind, facts, now)),
  }
  const fitting = wanted
    ? levelsFor(wanted, { impact: proposed.impact.level, urgency: proposed.urgency.level }, given(levels), matrix)
    : null
  const chosenLevel = (name: 'impact' | 'urgency') => {
    const level = levels[name] ?? (fitting && fitting[name] !== proposed[name].level ? fitting[name] : undefined)
    return level ? { level, because: by } : null
  }
  const override: Chosen['override'] = wanted && !fitting ? { priority: wanted, by: 'the caller', reason: by } : null
  return {
    ...prioritise(proposed, { impact: chosenLevel('impact'), urgency: chosenLevel('urgency'), override }, matrix),
    chosen: { impact: chosenLevel('impact')?.level, urgency: chosenLevel('urgency')?.level },
    overrides: override !== null,
  }
}

const given = ({ impact, urgency }: { impact?: Level | undefined; urgency?: Level | undefined }) => ({
  ...(impact ? { impact } : {}),
  ...(urgency ? { urgency } : {}),
})

const chosenService = async (ctx: ReadContext, id: string | undefined): Promise<Meant | null> => {
  const found = id ? await findService(ctx.db, id) : null
  return found && { id: found.id, name: found.name, words: '', others: [] }
}

const chosenUnit = async (ctx: ReadContext, id: string | undefined): Promise<Meant | null> => {
  const found = id ? await findUnit(ctx.db, id) : null
  return found && { id: found.id, name: found.name, words: '', others: [] }
}

/** Times of day are meant where whoever listens sits. */
const zoneOf = async (ctx: ReadContext): Promise<string> => {
  const userId = userOf(ctx.actor)
  const row = userId
    ? await ctx.db.selectFrom('users').select('zone').where('id', '=', userId).executeTakeFirst()
    : undefined
  return row?.zone ?? 'UTC'
}
