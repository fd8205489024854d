import { expect, test } from 'vitest'
import { firstSteps } from './page-plan.ts'

type Policies = Parameters<typeof firstSteps>[0]
const schedule = (name: string, ...now: string[]) => ({ kind: 'schedule', id: name, name, now })
const policy = (name: string, services: string[], team: string | null, steps: unknown[]) => ({
  name,
  services: services.map((id) => ({ id, name: id })),
  team: team && { id: team, name: team },
  steps,
})
const policies = [
  policy('Markets', ['orders'], 'markets', [
    { delayMinutes: 0, targets: [schedule('first', 'Priya N.')] },
    { delayMinutes: 5, targets: [schedule('second', 'Sam O.'), { kind: 'user', id: 'ana', name: 'Ana P.', now: [] }] },
    { delayMinutes: 10, targets: [{ kind: 'team', id: 'm', name: 'L2 markets', now: [] }] },
    { delayMinutes: 10, targets: [schedule('last', 'Nobody sees this')] },
  ]),
  policy('Empty', [], 'dba', [{ delayMinutes: 0, targets: [schedule('dba')] }]),
] as unknown as Policies

test('the policy of the service says who, and who then', () => {
  expect(firstSteps(policies, { serviceId: 'orders', teamId: undefined })).toEqual({
    first: 'Priya N. is told',
    later: [
      'If nobody acknowledges: Sam O., Ana P. after 5 min.',
      'If nobody acknowledges: everybody in L2 markets after 10 min.',
      'By the escalation policy Markets.',
    ],
  })
})

test('without a policy of its own, the one of the team', () => {
  expect(firstSteps(policies, { serviceId: 'other', teamId: 'dba' })?.first).toBe(
    'Nobody is on call, so the next step follows',
  )
  expect(firstSteps(policies, { serviceId: 'other', teamId: 'unknown' })).toBeUndefined()
  expect(firstSteps(policies, { serviceId: undefined, teamId: undefined })).toBeUndefined()
})

test('many people are counted', () => {
  const many = [
    policy('Many', ['s'], null, [{ delayMinutes: 0, targets: [schedule('all', 'A', 'B', 'C', 'D', 'E')] }]),
  ] as unknown as Policies
  expect(firstSteps(many, { serviceId: 's', teamId: undefined })?.first).toBe('A, B, C and 2 more are told')
})
