import { expect, test } from 'vitest'
import { appliesWords, moveTo, policyDraftOf, policyInput, policyProblems, type SlaPolicy } from './policy-draft.ts'

const target = { firstResponse: 15, update: null, resolution: 240, clock: 'always' as const }
const policy: SlaPolicy = {
  id: '1',
  name: 'Floor',
  isDefault: false,
  position: 1,
  appliesTo: { serviceIds: ['s'], businessUnitIds: [], kinds: ['incident'], environments: [], priorities: [1, 2] },
  targets: { P1: target, P2: target, P3: target, P4: target, P5: target },
  calendarId: null,
  warnPercent: 75,
  onReopen: 'resume',
  onReclass: 'retroactive',
  pauseReasons: ['user'],
  cutOffs: [{ name: 'Close', atTime: '17:00', zone: 'UTC', days: [1], priorities: [], warnMinutes: 60 }],
  calendar: null,
  services: [{ id: 's', name: 'Order entry' }],
  businessUnits: [],
  updatedAt: '2026-11-23T07:00:00Z',
  version: 1,
}

test('what the form holds is sent as it was', () => {
  const { name, appliesTo, targets, calendarId, warnPercent, onReopen, onReclass, pauseReasons, cutOffs } = policy
  const same = { name, appliesTo, targets, calendarId, warnPercent, onReopen, onReclass, pauseReasons, cutOffs }
  expect(policyInput(policyDraftOf(policy))).toEqual(same)
  expect(policyProblems(policyDraftOf(policy))).toEqual({})
})

test('what is wrong stands at its field', () => {
  const draft = policyDraftOf(policy, true)
  draft.targets.P1.firstResponse = 'soon'
  draft.targets.P2.firstResponse = '5 h'
  draft.cutOffs.push({ key: 0, name: '', atTime: '', zone: 'UTC', days: [], priorities: [], warnMinutes: 0 })
  expect(Object.keys(policyProblems(draft))).toEqual([
    'name',
    'targets.P1.firstResponse',
    'targets.P2.firstResponse',
    'cutOffs.1.name',
    'cutOffs.1.atTime',
    'cutOffs.1.days',
  ])
})

test('what it is for, in a line', () => {
  expect(appliesWords(policy)).toBe('incident · P1, P2 · Order entry')
  expect(appliesWords({ ...policy, isDefault: true })).toBe('everything that no other policy is for')
})

test('the default stays last', () => {
  const all = [...['a', 'b'].map((id) => ({ id, isDefault: false })), { id: 'z', isDefault: true }]
  expect(moveTo(all, 'a', 1)).toEqual({ id: 'a', before: null })
  expect(moveTo(all, 'b', -1)).toEqual({ id: 'b', before: 'a' })
  expect([moveTo(all, 'b', 1), moveTo(all, 'a', -1), moveTo(all, 'z', -1)]).toEqual([undefined, undefined, undefined])
})
