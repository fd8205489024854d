import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { apiKey } from '../../../contract/identity/keys.ts'
import type { team, teamKind, teamSummary } from '../../../contract/identity/teams.ts'
import type { UserState, user } from '../../../contract/identity/users.ts'
import type { Role } from '../../../contract/permissions.ts'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { useMay } from '../../parts/frame-data.ts'

export type User = z.output<typeof user>
export type Team = z.output<typeof team>
export type TeamRow = z.output<typeof teamSummary>
export type TeamKind = z.output<typeof teamKind>
export type ApiKey = z.output<typeof apiKey>

refreshOn('user.', () => [query.identity.users.key(), query.identity.teams.key(), query.identity.me.ways.key()])
refreshOn('team.', () => [query.identity.users.key(), query.identity.teams.key()])
refreshOn('session.', () => [query.identity.me.sessions.key(), query.identity.me.ways.key()])
refreshOn('key.', () => [query.identity.keys.key()])

/** What a write to people, teams or keys makes old. */
export const peopleKeys = [query.identity.users.key(), query.identity.teams.key()] as const
export const keysKeys = [query.identity.keys.key()] as const

export const roleWords: Record<Role, { label: string; hint: string }> = {
  requester: { label: 'requester', hint: 'asks, follows own tickets, sees what is up' },
  stakeholder: {
    label: 'stakeholder',
    hint: 'of the business: as a requester, and reads deadlines and the month of the own business units',
  },
  responder: { label: 'responder', hint: 'support analyst: works on tickets, is on call' },
  lead: { label: 'lead', hint: 'runs a team: members, schedules, policies, services' },
  admin: { label: 'admin', hint: 'everything, people and keys included' },
}
/** Who asks and does not work tickets. */
export const isAsker = (role: Role): boolean => role === 'requester' || role === 'stakeholder'

export const roles = Object.keys(roleWords) as Role[]

export const stateWords: Record<UserState, string> = { active: 'active', invited: 'invited', disabled: 'disabled' }

export const kindWords: Record<TeamKind, string> = {
  l1: 'service desk (L1)',
  l2: 'application support (L2)',
  l3: 'developers (L3)',
  dba: 'database administrators',
  systems: 'system engineers',
  network: 'network',
  vendor: 'vendor',
  other: 'other',
}

/** '3 teams', '1 team'. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** A hand-over is no event, so it is read again each minute, as the frame does. */
export const useOnCall = () =>
  useQuery({
    ...query.oncall.onCall.queryOptions(),
    enabled: useMay('schedule.read') !== undefined,
    refetchInterval: 60_000,
  })

/** All teams there are: there are few, and choosing one needs them all. */
export const useTeams = (archived: 'no' | 'yes' = 'no') =>
  useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200, archived } }))
