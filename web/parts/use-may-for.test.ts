import { expect, test } from 'vitest'
import type { Role, Rows } from '../../contract/permissions.ts'
import type { Me } from './frame-data.ts'
import { mayFor } from './use-may-for.ts'

const me = (role: Role, rows: Rows | undefined, teams: Me['teams']): Me => ({
  id: 'me',
  name: 'Ana P.',
  email: 'ana@example.com',
  zone: 'UTC',
  role,
  teams,
  may: { 'team.write': rows, 'silence.write': rows },
})

const inTeam = (role: 'responder' | 'lead') => [{ id: 'a', name: 'A', role }]

test.each([
  ['an administrator may everywhere', me('admin', 'all', []), 'team.write', null, true],
  ['a lead may in a team of theirs', me('lead', 'team', inTeam('responder')), 'team.write', 'a', true],
  ['a lead may not in another team', me('lead', 'team', inTeam('lead')), 'team.write', 'b', false],
  ['a lead may not where there is no team', me('lead', 'team', inTeam('lead')), 'team.write', null, false],
  ['a responder who leads this team may', me('responder', 'team', inTeam('lead')), 'team.write', 'a', true],
  [
    'a responder who only works in it may not lead it',
    me('responder', 'team', inTeam('responder')),
    'team.write',
    'a',
    false,
  ],
  ['but may do the work of the team', me('responder', 'team', inTeam('responder')), 'silence.write', 'a', true],
  ['who may nothing may nothing', me('requester', undefined, []), 'team.write', 'a', false],
] as const)('%s', (_, who, permission, team, expected) => {
  expect(mayFor(who, permission, team)).toBe(expected)
})
test('nobody may', () => expect(mayFor(undefined, 'team.write', 'a')).toBe(false))
