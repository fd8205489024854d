import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { frameKeys, useMe } from '../../parts/frame-data.ts'

export type Shifts = Awaited<ReturnType<typeof api.oncall.shifts>>
export type Rota = Shifts['items'][number]
export type Shift = Rota['final'][number]
export type Gap = Rota['gaps'][number]
export type Override = Rota['overrides'][number]
export type Face = Shifts['people'][number]
export type Schedule = Awaited<ReturnType<typeof api.oncall.schedule>>
export type Calendar = Awaited<ReturnType<typeof api.oncall.calendar>>
export type Policy = Awaited<ReturnType<typeof api.oncall.policy>>
export type OnCallEntry = Awaited<ReturnType<typeof api.oncall.onCall>>['items'][number]
export type Person = Awaited<ReturnType<typeof api.identity.users.list>>['items'][number]

const peopleKey = ['oncall people'] as const
const servicesKey = ['oncall services'] as const

for (const prefix of ['schedule.', 'override.', 'policy.']) refreshOn(prefix, () => [query.oncall.key()])
refreshOn('user.', () => [query.oncall.key(), peopleKey])
refreshOn('team.', () => [query.oncall.previewPolicy.key(), peopleKey])
refreshOn('service.', () => [query.oncall.policies.key(), servicesKey])

/** What a write to schedules, overrides or policies makes old. */
export const oncallKeys = [query.oncall.key(), frameKeys.onCallNow] as const

/** A hand-over is no event, so what depends on the time is read again each minute. */
const each = 60_000
const iso = (at: number) => new Date(at).toISOString()

/** Every schedule between two instants (milliseconds). */
export const useShifts = (from: number, to: number, enabled = true) =>
  useQuery({
    ...query.oncall.shifts.queryOptions({ input: { from: iso(from), to: iso(to) } }),
    enabled: enabled && from < to,
    placeholderData: keepPreviousData,
    refetchInterval: each,
  })

const HOUR = 3_600_000
export const AHEAD = 7 * 24 * HOUR

/** The next seven days of every schedule. On a wall a page stands for weeks: it goes along, an hour at a time. */
export const useAhead = (now: number) => {
  const since = now - (now % HOUR)
  return useShifts(since, since + AHEAD)
}

export const useOnCall = () => useQuery({ ...query.oncall.onCall.queryOptions(), refetchInterval: each })

export const useSchedules = () => useQuery(query.oncall.schedules.queryOptions({ input: { limit: 200 } }))

export const usePolicies = () =>
  useQuery({ ...query.oncall.policies.queryOptions({ input: { limit: 200 } }), refetchInterval: each })

/** All pages of a list, up to 2,000 rows: choosing one needs them all. */
const all = async <Row>(read: (cursor: string | undefined) => Promise<{ items: Row[]; next: string | null }>) => {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    rows.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor && rows.length < 2000)
  return rows
}

/** Everybody who can be put on call, with their teams and zones. */
export const usePeople = () =>
  useQuery({
    queryKey: peopleKey,
    staleTime: 5 * each,
    queryFn: async () => {
      const people = await all((cursor) => api.identity.users.list({ limit: 200, ...(cursor && { cursor }) }))
      return people.filter(({ state, role }) => state !== 'disabled' && role !== 'requester' && role !== 'stakeholder')
    },
  })

/** Every service, with the team that owns it. */
export const useServices = () =>
  useQuery({
    queryKey: servicesKey,
    staleTime: 5 * each,
    queryFn: () => all((cursor) => api.catalog.services.list({ limit: 200, ...(cursor && { cursor }) })),
  })

export const useTeams = () => useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } }))

/** Whether I may do this for a team, or the sentence that says why not. */
export const useMayFor = (permission: 'override.write' | 'schedule.write' | 'policy.write') => {
  const me = useMe().data
  const rows = me?.may[permission]
  return (teamId: string | null | undefined): string | undefined => {
    if (!me || rows === 'all') return undefined
    if (!rows) return 'Your role does not allow this. Ask a lead or an administrator.'
    if (teamId && me.teams.some(({ id }) => id === teamId)) return undefined
    return 'It belongs to another team. Ask one of its leads or an administrator.'
  }
}
