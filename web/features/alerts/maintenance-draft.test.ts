import { expect, test } from 'vitest'
import { type Draft, draftOf, draftProblems, inputOf, newDraft } from './maintenance-draft.ts'
import type { Maintenance } from './words.ts'

const zone = 'Europe/London'
const now = Date.parse('2026-06-01T07:12:00Z')
const fine: Draft = { ...newDraft(now, zone, null), name: 'Patches', reason: 'Kernel', hosts: ['prdbat01'] }

test('a new window begins at the next full hour of the clock on the wall', () => {
  expect(newDraft(now, zone, null)).toMatchObject({
    starts: '2026-06-01T09:00',
    ends: '2026-06-01T11:00',
    repeats: false,
  })
  expect(draftProblems(fine, now, zone)).toEqual({})
})

test.each([
  [{ name: ' ' }, 'name'],
  [{ hosts: [] }, 'serviceIds'],
  [{ reason: '' }, 'reason'],
  [{ starts: '' }, 'startsAt'],
  [{ ends: '' }, 'endsAt'],
  [{ ends: '2026-06-01T08:00' }, 'endsAt'],
  [{ starts: '2026-05-01T08:00', ends: '2026-05-01T09:00' }, 'endsAt'],
  [{ repeats: true, weekdays: [] }, 'recurrence.weekdays'],
  [{ repeats: true, from: '' }, 'recurrence.from'],
  [{ repeats: true, minutes: undefined }, 'recurrence.minutes'],
] as [Partial<Draft>, string][])('%j is told at %s', (part, field) => {
  expect(Object.keys(draftProblems({ ...fine, ...part }, now, zone))).toEqual([field])
})

test('what repeats needs no end', () => {
  const draft = { ...fine, repeats: true, ends: '' }
  expect(draftProblems(draft, now, zone)).toEqual({})
  expect(inputOf(draft, zone)).toMatchObject({
    startsAt: '2026-06-01T08:00:00.000Z',
    endsAt: null,
    recurrence: { zone, weekdays: [6], from: '02:00', minutes: 120 },
  })
})

test('a window that is read and sent again is the same', () => {
  const window = {
    ...{ name: 'Patches', reason: 'Kernel', services: [], hosts: ['a'], environments: ['uat'], team: null },
    ...{ startsAt: '2026-06-01T08:00:00Z', endsAt: '2026-06-01T10:00:00Z', recurrence: null },
  } as unknown as Maintenance
  expect(inputOf(draftOf(window, zone), zone)).toEqual({
    ...{ name: 'Patches', reason: 'Kernel', serviceIds: [], hosts: ['a'], environments: ['uat'] },
    ...{ startsAt: '2026-06-01T08:00:00.000Z', endsAt: '2026-06-01T10:00:00.000Z', recurrence: null },
  })
})
