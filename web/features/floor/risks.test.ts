import { expect, test } from 'vitest'
import { besides, deadlinesAtRisk, type JobAtRisk, risksOf } from './risks.ts'

const now = Date.parse('2026-11-23T22:05:00Z')
const job = (name: string, more: Partial<JobAtRisk>): JobAtRisk => ({
  id: name,
  name,
  service: null,
  environment: 'prod',
  team: { id: 't', name: 'Batch' },
  state: 'late',
  reason: `${name} was due at 22:00`,
  dueAt: '2026-11-23T22:00:00Z',
  deadlineAt: '2026-11-23T22:10:00Z',
  tier: 1,
  ...more,
})
const ticket = (number: string, dueAt: string) => ({
  id: number,
  number,
  title: `Title of ${number}`,
  priority: 2,
  dueAt,
  dueClock: 'first_response' as const,
  assignee: null,
  team: { id: 'd', name: 'Desk' },
})

test('what is missed already comes first, then by the time that is left', () => {
  const risks = risksOf(
    [
      job('EOD_PRICES', { state: 'missing', deadlineAt: '2026-11-23T21:40:00Z' }),
      job('EOD_PNL', {}),
      job('UAT_LOAD', { environment: 'uat', state: 'running_long', deadlineAt: null }),
    ],
    [ticket('INC-1', '2026-11-23T22:08:00Z'), ticket('INC-2', '2026-11-23T23:00:00Z')],
    now,
  )
  expect(risks.map(({ id, at }) => [id, at])).toEqual([
    ['EOD_PRICES', null],
    ['UAT_LOAD', null],
    ['INC-1', '2026-11-23T22:08:00Z'],
    ['EOD_PNL', '2026-11-23T22:10:00Z'],
    ['INC-2', '2026-11-23T23:00:00Z'],
  ])
  expect(risks[1]?.words).toBe('uat: UAT_LOAD was due at 22:00')
  expect(risks[2]).toMatchObject({ words: 'first reply of INC-1', who: 'Desk', to: '/tickets/INC-1' })
})

test('a clock that stands with what is broken is not told twice', () => {
  const at = '2026-11-23T23:00:00Z'
  expect(besides([ticket('INC-1', at), ticket('INC-2', at)], [{ id: 'INC-1' }])).toMatchObject([{ id: 'INC-2' }])
})

test('deadlines that are near or over stand in the order in which they are due; a night that is not known does not', () => {
  const deadline = (id: string, dueAt: string | null) =>
    ({ id, night: dueAt === null ? null : { dueAt } }) as Parameters<typeof deadlinesAtRisk>[0][number]
  const rows = [
    deadline('tomorrow', '2026-11-24T07:45:00Z'),
    deadline('soon', '2026-11-24T01:45:00Z'),
    deadline('none', null),
    deadline('late', '2026-11-23T21:30:00Z'),
  ]
  expect(deadlinesAtRisk(rows, now).map(({ id }) => id)).toEqual(['late', 'soon'])
})
