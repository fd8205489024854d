import { describe, expect, it } from 'vitest'
import { noWaits } from '../../../contract/jobs/waits.ts'
import { ancestorsOf } from './closure.ts'
import { conditionWords } from './condition-words.ts'
import type { Definitions, JobDef } from './definitions.ts'

/** What the end of a job waits for, and conditions in words. */

type Given = { before?: string[]; box?: string; isBox?: boolean }

const definitionsOf = (given: Record<string, Given>): Definitions => {
  const jobs = new Map<string, JobDef>()
  const members = new Map<string, string[]>()
  for (const [id, { before = [], box = null, isBox = false }] of Object.entries(given)) {
    const waits = { ...noWaits, box, isBox }
    jobs.set(id, { id, name: id, before: new Set(before), waits } as unknown as JobDef)
    if (box) members.set(box, [...(members.get(box) ?? []), id])
  }
  return { version: '', jobs, members, after: new Map(), drawn: new Map() }
}

describe('what the end of a job waits for', () => {
  it.each<[string, Record<string, Given>, string[]]>([
    ['itself alone', { X: {} }, ['X']],
    [
      'what its condition names, and so on',
      { X: { before: ['B'] }, B: { before: ['A'] }, A: {}, C: {} },
      ['A', 'B', 'X'],
    ],
    [
      'its box, and what that waits for, but not the members beside it',
      { X: { box: 'BOX' }, Y: { box: 'BOX' }, BOX: { isBox: true, before: ['A'] }, A: {} },
      ['A', 'BOX', 'X'],
    ],
    [
      'of a box that it waits for, the members',
      { X: { before: ['BOX'] }, BOX: { isBox: true }, M: { box: 'BOX', before: ['A'] }, A: {} },
      ['A', 'BOX', 'M', 'X'],
    ],
    [
      'the members of its own box where something that it waits for waits for that',
      { X: { box: 'BOX', before: ['B'] }, Y: { box: 'BOX' }, BOX: { isBox: true }, B: { before: ['BOX'] } },
      ['B', 'BOX', 'X', 'Y'],
    ],
    ['jobs that wait for each other, once', { X: { before: ['A'] }, A: { before: ['X'] } }, ['A', 'X']],
    ['nothing that is not there', { X: { before: ['GONE'] } }, ['X']],
  ])('is %s', (_, given, expected) => expect([...ancestorsOf(definitionsOf(given), 'X')].sort()).toEqual(expected))

  it('however deep', () => {
    const given = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [`${i}`, { before: i > 0 ? [`${i - 1}`] : [] }]),
    )
    expect(ancestorsOf(definitionsOf({ ...given, X: { before: ['19999'] } }), 'X').size).toBe(20_001)
  })
})

it('conditions are said as people say them', () => {
  const s = (job: string) => ({ kind: 'job' as const, job, is: 'succeeded' as const, within: 'ever' as const })
  const words = conditionWords(
    {
      kind: 'all',
      of: [
        s('A'),
        {
          kind: 'any',
          of: [
            { ...s('B'), within: { seconds: 43_200 } },
            { kind: 'exit', job: 'B', compare: '<', code: 4, within: 'previous-date' },
          ],
        },
        { kind: 'job', job: 'C', is: 'not-running', within: 'ever' },
        { kind: 'global', name: 'MKT_OPEN', compare: '=', value: 'N' },
        { kind: 'file', path: '/in/prices.csv' },
      ],
    },
    (job) => `job ${job}`,
  )
  expect(words).toBe(
    'job A has succeeded and (job B has succeeded within the last 12 h or job B ended with a status < 4 on the business date before) and job C does not run and MKT_OPEN = N and the file /in/prices.csv is there',
  )
})
