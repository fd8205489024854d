import type { Permission } from '../../contract/permissions.ts'
import { api, plain } from '../api.ts'
import { paths } from '../paths.ts'
import { statusOf } from '../problem.ts'
import { nearestFirst } from './found-first.ts'
import type { Count, FrameApi, Me } from './frame-data.ts'

/**
 * What I may not read is not asked for. A role may have been taken away meanwhile: what is refused is left out, not an
 * error of the frame.
 */
const ifAllowed = async <T>(me: Me, permission: Permission, ask: () => Promise<T>): Promise<T | undefined> =>
  me.may[permission] &&
  ask().catch((error: unknown) => {
    if (statusOf(error) === 403) return undefined
    throw error
  })

const number = (count: number) => (count > 1000 ? '1,000+' : String(count))

/** The worst that there is: down needs somebody now; unknown is never passed over as fine. */
const monitorCount = ({ all, down, unknown }: { all: number; down: number; unknown: number }): Count => {
  if (down > 0) return { text: `${number(down)} down`, hot: true }
  return { text: unknown > 0 ? `${number(unknown)} unknown` : number(all), hot: false }
}

/** What failed or did not come needs somebody now; what is late may yet come. */
const jobCount = ({
  all,
  trouble,
  missing,
  failed,
}: {
  all: number
  trouble: number
  missing: number
  failed: number
}): Count => {
  if (missing + failed > 0) {
    const words = missing === 0 ? 'failed' : failed === 0 ? 'missing' : 'failed or missing'
    return { text: `${number(missing + failed)} ${words}`, hot: true }
  }
  return { text: trouble > 0 ? `${number(trouble)} at risk` : number(all), hot: false }
}

/** A deadline that is over, or that will be missed unless somebody acts, needs somebody now. */
const chainCount = ({ all, late, atRisk }: { all: number; late: number; atRisk: number }): Count => {
  if (late > 0) return { text: `${number(late)} late`, hot: true }
  return { text: atRisk > 0 ? `${number(atRisk)} at risk` : number(all), hot: false }
}

/** What fires and what is blind, without what is held back; it needs somebody now while nobody has all of it. */
const alertCount = ({
  firing,
  blind,
  acknowledged,
}: {
  firing: number
  blind: number
  acknowledged: number
}): Count => ({
  text: number(firing + blind),
  hot: firing > 0 && acknowledged < firing + blind,
})

const queueCount = ({ open, urgent }: { open: number; urgent: number }): Count => ({
  text: number(open),
  hot: urgent > 0,
})

const approvalCount = ({ asked }: { asked: number }): Count | null =>
  asked > 0 ? { text: number(asked), hot: true } : null

const counter =
  <T>(permission: Permission, ask: () => Promise<T>, shown: (answer: T) => Count | null) =>
  async (me: Me): Promise<Count | null> => {
    const answer = await ifAllowed(me, permission, ask)
    return answer ? shown(answer) : null
  }

/** The frame's questions, answered by the API. */
export const frameApi: FrameApi = {
  me: () => api.identity.me.read(),
  counts: {
    queue: counter('ticket.read', () => api.desk.counts(), queueCount),
    approvals: counter('approval.read', () => api.requests.approvals.count({}), approvalCount),
    alerts: counter('alert.read', () => api.alerts.counts(), alertCount),
    monitors: counter('monitor.read', () => api.monitors.counts(), monitorCount),
    jobs: counter('job.read', () => api.jobs.counts(), jobCount),
    chains: counter('chain.read', () => api.chains.counts(), chainCount),
  },
  trouble: async (me) => {
    const health = await ifAllowed(me, 'floor.read', () => api.system.health())
    return (health?.items ?? [])
      .filter(({ state }) => state !== 'ok')
      .map(({ what, detail, state }) => ({
        text: `${what}: ${detail}`,
        tone: state === 'bad' ? 'down' : state === 'unknown' ? 'blind' : 'warn',
      }))
  },
  onCallNow: async (me) => {
    const answer = await ifAllowed(me, 'schedule.read', () => api.oncall.onCall())
    const mine = new Set(me.teams.map(({ id }) => id))
    return (answer?.items ?? [])
      .toSorted((a, b) => Number(mine.has(b.team.id)) - Number(mine.has(a.team.id)))
      .map(({ team, people }) => ({
        team: team.name,
        person: people.map(({ user }) => user.name).join(', ') || null,
        until: people[0]?.to ?? null,
      }))
  },
  places: async (me) => {
    const markets = await ifAllowed(me, 'calendar.read', () => api.calendars.list({ kind: 'market', limit: 4 }))
    return (markets?.items ?? []).map(({ name, zone, openNow }) => ({ name, zone, open: openNow }))
  },
  find: async (text, signal, me) => {
    const options = { signal }
    const [
      tickets,
      services,
      knowledge,
      monitors,
      jobs,
      deadlines,
      people,
      alerts,
      hosts,
      units,
      teams,
      rotas,
      policies,
    ] = await Promise.all([
      text.length < 3
        ? undefined
        : ifAllowed(me, 'ticket.read', () => api.desk.list({ view: 'recent', q: text, limit: 6 }, options)),
      ifAllowed(me, 'service.read', () => api.catalog.services.list({ search: text, limit: 4 }, options)),
      ifAllowed(me, 'knowledge.read', () => api.knowledge.list({ q: text, limit: 5 }, options)),
      ifAllowed(me, 'monitor.read', () => api.monitors.list({ q: text, limit: 4 }, options)),
      ifAllowed(me, 'job.read', () => api.jobs.list({ q: text, limit: 4 }, options)),
      ifAllowed(me, 'chain.read', () => api.chains.list({ q: text, limit: 4 }, options)),
      ifAllowed(me, 'people.read', () => api.identity.users.list({ search: text, limit: 4 }, options)),
      text.length < 3 ? undefined : ifAllowed(me, 'alert.read', () => api.alerts.list({ q: text, limit: 4 }, options)),
      ifAllowed(me, 'host.read', () => api.catalog.hosts.list({ search: text, limit: 4 }, options)),
      ifAllowed(me, 'host.read', () => api.catalog.businessUnits.list({ search: text, limit: 4 }, options)),
      ifAllowed(me, 'people.read', () => api.identity.teams.list({ search: text, limit: 4 }, options)),
      ifAllowed(me, 'schedule.read', () => api.oncall.schedules({ q: text, limit: 4 }, options)),
      ifAllowed(me, 'schedule.read', () => api.oncall.policies({ q: text, limit: 4 }, options)),
    ])
    return nearestFirst(text, [
      ...(tickets?.items ?? []).map(({ id, number: name, title, state }) => ({
        id,
        title: `${name} ${title}`,
        hint: state.replace('_', ' '),
        over: ['resolved', 'closed', 'cancelled'].includes(state),
        to: paths.ticket(name),
      })),
      ...(services?.items ?? []).map(({ id, name, tier }) => ({
        id,
        title: name,
        hint: `service, tier ${tier}`,
        to: paths.service(id),
      })),
      ...(knowledge?.items ?? []).map(({ id, number: name, title, kind }) => ({
        id,
        title: `${name} ${title}`,
        hint: kind.replace('_', ' '),
        to: paths.knowledgeItem(name),
      })),
      ...(monitors?.items ?? []).map(({ id, name, state }) => ({
        id,
        title: name,
        hint: `monitor, ${state}`,
        to: paths.monitor(id),
      })),
      ...(jobs?.items ?? []).map(({ id, name, state }) => ({
        id,
        title: name,
        hint: `job, ${state.replace('_', ' ')}`,
        to: paths.job(id),
      })),
      ...(deadlines?.items ?? []).map(({ id, name, night }) => ({
        id,
        title: name,
        hint: ['deadline', night?.state.replace('_', ' ')].filter(Boolean).join(', '),
        to: paths.chain(id),
      })),
      ...(alerts?.items ?? []).map(({ id, title, severity }) => ({
        id,
        title,
        hint: `alert, ${severity}`,
        to: paths.alert(id),
      })),
      ...(hosts?.items ?? []).map(({ id, name, environment, site }) => ({
        id,
        title: name,
        hint: ['host', environment, site].filter(Boolean).join(', '),
        to: paths.host(id),
      })),
      ...(units?.items ?? []).map(({ id, name, site }) => ({
        id,
        title: name,
        hint: ['business unit', site].filter(Boolean).join(', '),
        to: paths.businessUnit(id),
      })),
      ...(teams?.items ?? []).map(({ id, name }) => ({ id, title: name, hint: 'team', to: paths.team(id) })),
      ...(rotas?.items ?? []).map(({ id, name }) => ({
        id,
        title: name,
        hint: 'on-call schedule',
        to: paths.schedule(id),
      })),
      ...(policies?.items ?? []).map(({ id, name }) => ({
        id,
        title: name,
        hint: 'escalation policy',
        to: paths.policy(id),
      })),
      ...(people?.items ?? []).map(({ id, name, email }) => ({ id, title: name, hint: email, to: paths.person(id) })),
    ])
  },
  signOut: async () => {
    // Fetched when needed: the module brings the validation library along, which the first script does without.
    const { signInPaths } = await import('../../contract/identity/sign-in.ts')
    return plain('POST', signInPaths.signOut)
  },
}
