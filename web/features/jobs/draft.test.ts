import { expect, test } from 'vitest'
import { jobSchedule } from '../../../contract/jobs/index.ts'
import { createJobInput } from '../../../contract/jobs/inputs.ts'
import { newBusiness } from './business-draft.ts'
import type { JobDetail } from './data.ts'
import { businessFor, draftOf, draftProblems, fieldsOf, newDraft, newFieldsOf, tagsIn } from './draft.ts'
import { filterWords } from './words.ts'

const draft = { ...newDraft('Europe/London'), name: ' EOD prices ' }
const uuid = '4b7c9c0e-6d0a-4f9b-9d3e-2a6f3e1f0c11'

test('a new draft is what the API makes of a name and a schedule alone', () => {
  const { name, schedule } = newFieldsOf(draft)
  const { teamId: _, ...fields } = createJobInput.parse(newFieldsOf(draft))
  expect(fields).toEqual(createJobInput.parse({ name, schedule }))
})

test.each([
  [uuid, uuid],
  [` https://hc-ping.com/${uuid.toUpperCase()}/start `, uuid],
  ['', undefined],
])('the address %s is taken over', (address, id) => {
  expect(newFieldsOf({ ...draft, address }).id).toBe(id)
  expect(draftProblems({ ...draft, address })).toEqual({})
})

test('what is there is written back as it was, and its address is not asked for', () => {
  const job = {
    name: 'Backup',
    description: '',
    service: null,
    environment: 'prod',
    team: { id: 't1', name: 'L2' },
    tags: ['nightly', 'risk'],
    schedule: { kind: 'period', seconds: 86_400 },
    rules: 'healthchecks',
    graceSeconds: 3_600,
    maxRunSeconds: null,
    minRunSeconds: 300,
    minGapSeconds: null,
    failuresInARow: 2,
    filters: { ...draft.filters, exits: [1, 4], httpBody: true, failure: 'ERROR', otherwise: 'fail' },
    resumesByHand: true,
    tellUnusual: true,
    slug: 'backup',
  } as const
  const read = draftOf(job as unknown as JobDetail, 'UTC')
  const { service: _, team: __, ...same } = job
  expect(fieldsOf(read)).toEqual({ ...same, serviceId: null, teamId: 't1' })
  expect(newFieldsOf(read)).not.toHaveProperty('id')
})

test('on arrival of a file it begins with weekdays, and is written back as it was', () => {
  const kind = 'arrival' as const
  const begun = { ...draft, kind, business: businessFor(kind, draft.business), file: ' /in/prices-*.csv ' }
  expect(draftProblems({ ...begun, file: ' ' })).toEqual({ 'schedule.file': expect.stringMatching(/Write the path/) })
  expect(draftProblems(begun)).toEqual({})
  const { schedule } = fieldsOf(begun)
  expect(schedule).toEqual(jobSchedule.parse(schedule))
  expect(schedule).toMatchObject({
    file: '/in/prices-*.csv',
    host: null,
    times: ['06:00'],
    day: { ifClosed: 'anyway' },
  })
  const read = draftOf({ ...fieldsOf(begun), schedule, slug: 'feed' } as unknown as JobDetail, 'UTC')
  expect(fieldsOf(read).schedule).toEqual(schedule)
  // What was touched stays, what was not becomes an example of the other kind.
  const own = { ...begun.business, times: ['07:15'] }
  expect([businessFor('business', own), businessFor('business', begun.business)]).toEqual([own, newBusiness])
})

test.each([
  [{ name: ' ' }, 'name', 'A name is needed.'],
  [{ tags: ['x'.repeat(51)] }, 'tags', /at most 50/],
  [{ slug: 'EOD Prices' }, 'slug', /must be of a-z/],
  [{ exits: '1, 300' }, 'filters.exits', /from 0 to 255/],
  [{ address: 'eod-prices' }, 'id', /must be a uuid/],
  [{ graceSeconds: undefined }, 'graceSeconds', /may be 0/],
])('%o is told at %s', (part, field, says) => {
  expect(draftProblems({ ...draft, ...part })).toEqual({ [field]: expect.stringMatching(says) })
})

test('tags are told apart by spaces and commas, and stand there once', () => {
  expect(tagsIn(['nightly risk', 'risk', ' , '])).toEqual(['nightly', 'risk'])
})

test('what counts is said in sentences', () => {
  const { filters } = draft
  expect(filterWords(filters)).toEqual([])
  expect(filterWords({ ...filters, failure: 'ERROR' })).toEqual([])
  expect(filterWords({ ...filters, post: true })).toEqual(['Only POST counts.'])
  expect(filterWords({ ...filters, httpBody: true, body: true, failure: 'ERROR, ORA-', success: 'done' })).toEqual([
    'In what a ping sends, or in the text of a mail: “ERROR” or “ORA-” is a failure, “done” a success, none of them does not count.',
  ])
})
