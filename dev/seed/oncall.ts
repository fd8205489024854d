import { assignPolicy, createPolicy } from '../../server/features/oncall/policies.ts'
import { createSchedule } from '../../server/features/oncall/save-schedule.ts'
import type { Catalog } from './catalog.ts'
import { type PersonName, type Site, sites } from './people.ts'
import { services } from './services.ts'
import type { TeamName } from './teams.ts'
import { each, type Tools } from './tools.ts'

type Layer = { name: string; participants: PersonName[]; hours?: { from: string; to: string; weekdays: number[] } }
type Schedule = { name: string; slug: string; team: TeamName; site: Site; layers: Layer[] }

const weekdays = [1, 2, 3, 4, 5]
const allDays = [1, 2, 3, 4, 5, 6, 7]

/** Who is on call when: weeks handed over on Mondays at 07:00, nights of the markets covered from Tokyo. */
export const schedules = {
  markets: {
    name: 'L2 markets',
    slug: 'markets',
    team: 'markets',
    site: 'london',
    layers: [
      { name: 'Week', participants: ['priya', 'sam'] },
      { name: 'Night, Tokyo', participants: ['aiko'], hours: { from: '22:00', to: '06:00', weekdays: allDays } },
    ],
  },
  marketsSecond: {
    name: 'L2 markets, second',
    slug: 'markets-second',
    team: 'markets',
    site: 'london',
    layers: [{ name: 'Week', participants: ['sam', 'priya'] }],
  },
  postTrade: {
    name: 'L2 post-trade',
    slug: 'post-trade',
    team: 'postTrade',
    site: 'london',
    layers: [
      { name: 'Business hours', participants: ['dan', 'nora'], hours: { from: '07:00', to: '19:00', weekdays } },
    ],
  },
  dba: {
    name: 'DBA',
    slug: 'dba',
    team: 'dba',
    site: 'london',
    layers: [{ name: 'Week', participants: ['jonas', 'ines'] }],
  },
  systems: {
    name: 'Systems & network',
    slug: 'systems',
    team: 'systems',
    site: 'london',
    layers: [{ name: 'Week', participants: ['viktor', 'mei'] }],
  },
} satisfies Record<string, Schedule>
export type ScheduleName = keyof typeof schedules

type Step = { after: number; schedule?: ScheduleName; person?: PersonName; team?: TeamName }
type Policy = { name: string; slug: string; team: TeamName; repeats: number; steps: Step[]; services: TeamName[] }

/** Whom to turn to, in which order. `services`: the teams whose services are escalated this way. */
const policies = {
  markets: {
    name: 'Markets, critical',
    slug: 'markets-critical',
    team: 'markets',
    repeats: 2,
    services: ['markets', 'marketData'],
    steps: [
      { after: 0, schedule: 'markets' },
      { after: 5, schedule: 'marketsSecond' },
      { after: 10, person: 'ana' },
    ],
  },
  postTrade: {
    name: 'Post-trade',
    slug: 'post-trade',
    team: 'postTrade',
    repeats: 1,
    services: ['postTrade'],
    steps: [
      { after: 0, schedule: 'postTrade' },
      { after: 10, person: 'dan' },
    ],
  },
  infrastructure: {
    name: 'Infrastructure',
    slug: 'infrastructure',
    team: 'systems',
    repeats: 1,
    services: ['systems', 'dba', 'serviceDesk'],
    steps: [
      { after: 0, schedule: 'systems' },
      { after: 10, schedule: 'dba' },
      { after: 15, team: 'systems' },
    ],
  },
} satisfies Record<string, Policy>
export type PolicyName = keyof typeof policies

export type OnCall = { schedules: Record<ScheduleName, string>; policies: Record<PolicyName, string> }

type Made = { people: Record<PersonName, string>; teams: Record<TeamName, string>; services: Catalog['services'] }

export const seedOnCall = async (tools: Tools, made: Made): Promise<OnCall> => {
  const startsAt = lastMonday(tools.now)
  const scheduleIds = await each<ScheduleName, Schedule, string>(
    schedules,
    async ({ name, slug, team, site, layers }) => {
      const { id } = await tools.run(createSchedule, {
        name,
        slug,
        teamId: made.teams[team],
        zone: sites[site].zone,
        layers: layers.map((l) => ({
          name: l.name,
          kind: 'weekly' as const,
          every: 1,
          startsAt,
          participants: l.participants.map((p) => made.people[p]),
          restrictions: l.hours ? [l.hours] : [],
        })),
      })
      return id
    },
  )
  const target = (s: Step) => {
    if (s.schedule) return { kind: 'schedule' as const, id: scheduleIds[s.schedule] }
    return s.person
      ? { kind: 'user' as const, id: made.people[s.person] }
      : { kind: 'team' as const, id: made.teams[s.team ?? 'systems'] }
  }
  const policyIds = await each<PolicyName, Policy, string>(policies, async (p) => {
    const steps = p.steps.map((s) => ({ delayMinutes: s.after, targets: [target(s)] }))
    const { id } = await tools.run(createPolicy, {
      name: p.name,
      slug: p.slug,
      teamId: made.teams[p.team],
      steps,
      repeats: p.repeats,
    })
    for (const [name, service] of Object.entries(services)) {
      const isTheirs = p.services.some((t) => t === service.team)
      if (isTheirs) await tools.run(assignPolicy, { id, serviceId: made.services[name as keyof typeof services] })
    }
    return id
  })
  return { schedules: scheduleIds, policies: policyIds }
}

const lastMonday = (now: Temporal.Instant): string => {
  const today = now.toZonedDateTimeISO('Europe/London').toPlainDate()
  return `${today.subtract({ days: today.dayOfWeek - 1 })}T07:00`
}
