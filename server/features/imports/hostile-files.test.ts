import { describe, expect, it } from 'vitest'
import type { ImportFile } from './define-importer.ts'
import { importerKinds } from './importer-kinds.ts'

/** Files that nobody writes who means well. Each of the slow ones took minutes. */

const read = (kind: string, text: string) => {
  const files: ImportFile[] = [{ name: 'a', text }]
  const options = { zone: 'UTC', host: null, now: Temporal.Instant.from('2026-11-30T07:00:00Z') }
  const found = importerKinds.get(kind)?.read(files, options)
  if (!found) throw new Error(`There is no importer ${kind}.`)
  return found
}
const many = (text: string, characters = 200_000) => text.repeat(characters / text.length)
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const nul = '\\u0000'

describe('what is read in time in proportion to its length', () => {
  it.each<[string, string, string, number, RegExp | null]>([
    [
      'a list of times over a hundred thousand lines',
      'jil',
      `insert_job: A\ndate_conditions: 1\ndays_of_week: all\nstart_times: "10:00"\n${many('1:0\n', 400_000)}`,
      1,
      null,
    ],
    ['document types without end', 'controlm', `<DEFTABLE>${many('<!DOCTYPE ')}`, 0, /cannot be read as XML/],
    [
      'JSON that is nested deep',
      'controlm',
      `{"F":{"Type":"Folder","a":${deep(30_000)}}}`,
      0,
      /nested more than 100 deep/,
    ],
    ['an answer that is nested deep', 'airflow', deep(30_000), 0, /nested more than 100 deep/],
    [
      'a CronJob that is nested deep',
      'kubernetes',
      `{"kind":"CronJob","metadata":{"name":"a"},"spec":{"schedule":"0 1 * * *","x":${deep(9_000)}}}`,
      0,
      /nested more than 100 deep/,
    ],
  ])('%s', (_, kind, text, jobs, refusal) => {
    const began = performance.now()
    const found = read(kind, text)
    expect(performance.now() - began).toBeLessThan(4_000)
    expect(found.jobs).toHaveLength(jobs)
    if (refusal) expect(found.refused[0]?.reason).toMatch(refusal)
  })
})

it.each([
  [
    'airflow',
    `{"dags":[{"dag_id":"a${nul}","description":"\\ud800","schedule_interval":{"__type":"CronExpression","value":"0 5 * * *"}}]}`,
  ],
  [
    'controlm',
    `{"F":{"Type":"Folder","J${nul}":{"Type":"Job:Command","Command":"x${nul}","K${nul}":{"b":"${nul}"},"When":{"FromTime":"1500"}}}}`,
  ],
  ['kubernetes', 'kind: CronJob\nmetadata:\n  name: "a\\0b"\nspec:\n  schedule: "0 1 * * *"\n'],
])('signs that PostgreSQL refuses are none of %s, however they are written', (kind, text) => {
  const { jobs } = read(kind, text)
  expect(jobs.length).toBeGreaterThan(0)
  const said = JSON.stringify(jobs)
  expect(said).not.toMatch(/\\u0000|\\ud800/)
  expect(said).toContain('\ufffd')
})

it('what is cut is cut to whole letters, or the letter is told to be broken: a database takes no half of one', () => {
  const at = (length: number) => `${'x'.repeat(length)}\u{1f600}${'y'.repeat(600)}`
  const lines = [
    `insert_job: A\nmachine: ${at(199)}\njob_load: 5\nresources: (${at(199)}, quantity=1)\napplication: ${at(49)}`,
    `insert_job: B\nmachine: ${at(191)}\njob_load: 5\ncommand: ${at(9_998)}\ndescription: ${at(4_998)}`,
    `insert_job: C\ncondition: s(A) & v(${at(19_989)}) = "Y"\ninsert_resource: ${at(199)}\nres_type: R\namount: 5\n`,
  ]
  const { jobs, amounts } = read('jil', lines.join('\n'))
  expect([jobs.length, amounts?.length]).toEqual([3, 1])
  expect(JSON.stringify([jobs, amounts])).not.toMatch(/\\ud[89a-f]/)
})
