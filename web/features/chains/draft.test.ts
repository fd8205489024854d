import { expect, test } from 'vitest'
import { createDeadlineInput } from '../../../contract/chains/deadline.ts'
import type { DeadlineDetail } from './data.ts'
import { draftOf, draftProblems, fieldsOf, newDraft, nextDates } from './draft.ts'

const job = { id: '0197e0c4-7a64-7d2c-8d0a-1f2f3a4b5c6d', name: 'EOD_DIST' }
const draft = { ...newDraft('Europe/London', job), name: ' EOD P&L ' }

test('a draft is sent as the API takes it; what was not chosen is left to the server', () => {
  const fields = fieldsOf(draft)
  expect(createDeadlineInput.safeParse(fields).error).toBeUndefined()
  expect(fields).toMatchObject({ name: 'EOD P&L', due: { kind: 'by', time: '07:45', days: 1 }, cut: null })
  expect(Object.keys(fields)).not.toContain('teamId')
  expect(fieldsOf({ ...draft, kind: 'in', seconds: 7_200, teamId: null }).due).toEqual({
    kind: 'in',
    seconds: 7_200,
    from: 'chain',
    zone: 'Europe/London',
  })
})

test('what is read comes back as it was', () => {
  const read = { ...fieldsOf(draft), job, service: null, teamId: null, serviceId: null } as unknown as DeadlineDetail
  expect(fieldsOf(draftOf(read))).toMatchObject({ ...fieldsOf(draft), teamId: null, serviceId: null })
})

test('what is missing is told at its field', () => {
  const empty = { ...newDraft('UTC'), time: '7:45', weekdays: [], cut: 'noon' }
  expect(Object.keys(draftProblems(empty))).toEqual(['name', 'jobId', 'due.time', 'weekdays', 'cut'])
  expect(draftProblems(draft)).toEqual({})
})

test('the next dates follow its weekdays, from the one whose time is still ahead', () => {
  // The night to a Friday, and that morning.
  expect(nextDates(draft, '2026-11-27T00:12', 1)).toEqual([{ date: '2026-11-26', wall: '2026-11-27T07:45' }])
  expect(nextDates(draft, '2026-11-27T07:45', 3)).toEqual([
    { date: '2026-11-27', wall: '2026-11-28T07:45' },
    { date: '2026-11-30', wall: '2026-12-01T07:45' },
    { date: '2026-12-01', wall: '2026-12-02T07:45' },
  ])
  // Before the cut on the date itself it would be over before it begins.
  const sameDay = { ...draft, days: 0, time: '01:26' }
  expect(nextDates(sameDay, '2026-11-27T00:12', 1)).toEqual([{ date: '2026-11-26', wall: '2026-11-27T01:26' }])
  expect(nextDates({ ...sameDay, cut: '00:00' }, '2026-11-27T00:12', 1)).toEqual([
    { date: '2026-11-27', wall: '2026-11-27T01:26' },
  ])
})
