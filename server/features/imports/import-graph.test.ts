import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportPreview } from '../../../contract/imports/index.ts'
import { autorep, autosysCalendars, autosysJil } from '../../../test/harness/autosys.ts'
import { bankNight, jsonNight, xmlNight } from '../../../test/harness/controlm-night.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { about, pastRuns } from '../../../test/harness/nights.ts'
import { airflowSample } from './airflow/sample.ts'

/** Whole nights of Control-M and Airflow over HTTP on a real database. */

let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse()
})
afterAll(() => house.close())

const post = async (path: string, files: readonly { name: string; text: string }[]) => {
  const body = { files, zone: 'Europe/London', host: 'PRD', serviceId: house.orders }
  const answer = await house.api(house.responder, 'POST', path, body)
  expect(answer.status).toBe(200)
  return answer.body as ImportPreview & { jobs: { id: string }[] }
}
const preview = (files: readonly { name: string; text: string }[]) => post('/jobs/imports/preview', files)
const apply = (files: readonly { name: string; text: string }[]) => post('/jobs/imports', files)
const stored = (externalId: string) =>
  house.platform.db
    .selectFrom('jobs as j')
    .innerJoin('job_origins as o', 'o.job_id', 'j.id')
    .innerJoin('job_waits as w', 'w.job_id', 'j.id')
    .select(['j.id', 'j.schedule', 'o.deadlines', 'w.box', 'w.names', 'w.is_box', 'w.typical_seconds'])
    .where('o.external_id', '=', externalId)
    .executeTakeFirstOrThrow()

type Chain = {
  words: { state: string; odds: number | null; dueAt: string }
  counts: { jobs: number; withoutStatistics: number }
  forecast: { odds: number | null; p50: string | null; endsAt: string | null }
  paths: { jobs: string[] }[]
  findings: { kind: string; message: string }[]
}
/** The chain of a deadline that came with its scheduler: its jobs have run for three weeks before it is looked at first. */
const predicted = async (jobs: readonly { id: string }[], deadline: string, minutes: number): Promise<Chain> => {
  for (const [n, { id }] of jobs.entries())
    await pastRuns(house, id, { at: '18:00', minutes: about(minutes + (n % 5), 0.4, 15) })
  await house.settle()
  const ask = async (path: string) => (await house.api(house.responder, 'GET', path)).body
  const [{ id, imported }] = (await ask(`/deadlines?q=${deadline}`)).items
  expect(imported).toBe(true)
  return ask(`/deadlines/${id}/night?date=2026-11-23`)
}

describe('a night of Control-M', () => {
  const night = bankNight()
  const json = [{ name: 'night.json', text: jsonNight(night) }]
  let made: readonly { id: string }[] = []

  it('comes in whole, with what each waits for and by when', async () => {
    const { kind, counts, jobs } = await apply(json)
    made = jobs
    expect([kind, counts.refused, counts.skipped]).toEqual(['controlm', 0, 0])
    expect(counts.created).toBeGreaterThan(300)
    expect(await stored('PRD/ctm-ldn/EMEA-NIGHT/EMEA-SLA')).toMatchObject({
      schedule: { kind: 'waits', zone: 'Europe/London' },
      box: 'PRD/ctm-ldn/EMEA-NIGHT',
      names: expect.arrayContaining(['PRD/ctm-ldn/EMEA-NIGHT/EMEA-REPORTS/EMEA-REPORT-00']),
      deadlines: [{ kind: 'by', name: 'EMEA-SLA', time: '05:30', days: 1 }],
    })
    const { id } = await stored('PRD/ctm-ldn/EMEA-NIGHT')
    const { body } = await house.api(house.responder, 'GET', `/jobs/${id}`)
    expect(body).toMatchObject({ waits: { isBox: true }, dueAt: '2026-11-23T22:00:00Z' })
  })

  it('is predicted: the end of its SLA job by its chain, with odds', async () => {
    const night = await predicted(made, 'EMEA-SLA', 2)
    expect(night.words.dueAt).toBe('2026-11-24T05:30:00Z')
    expect(night.counts.jobs).toBeGreaterThan(100)
    expect(night.counts.withoutStatistics).toBe(0)
    // Its first feed waits for the end of the night before, which closes no circle.
    expect(night.findings.filter(({ kind }) => kind === 'circle')).toEqual([])
    expect(night.forecast.odds).toBeLessThan(0.05)
    expect(night.forecast.endsAt).toMatch(/^2026-11-2[34]T/)
    expect(night.paths[0]?.jobs.length).toBeGreaterThan(2)
  })

  it('twice changes nothing, and the XML of the same night only what it says besides', async () => {
    const again = await preview(json)
    expect(again.counts).toMatchObject({ created: 0, changed: 0 })
    const { folders, calendars } = xmlNight(night)
    const { items, counts } = await preview([
      { name: 'night.xml', text: folders },
      { name: 'calendars.xml', text: calendars },
    ])
    expect(counts).toMatchObject({ created: 0, refused: 0 })
    expect(new Set(items.flatMap((i) => i.fields.map((f) => f.field)))).toEqual(new Set(['attributes', 'command']))
  })

  it('later changes the one job whose deadline is another', async () => {
    const text = json[0]?.text.replace('"Time": "05:30"', '"Time": "06:15"') ?? ''
    const { items } = await preview([{ name: 'night.json', text }])
    expect(items.filter((i) => i.result === 'changed').map((i) => [i.name, i.fields.map((f) => f.field)])).toEqual([
      ['EMEA-SLA', ['attributes', 'deadlines']],
    ])
  })
})

describe('an estate of AutoSys', () => {
  const files = [
    { name: 'all.jil', text: autosysJil(320) },
    { name: 'calendars.txt', text: autosysCalendars },
    {
      name: 'now.txt',
      text: autorep([
        { job: 'LDN_FX_0_PRICES', depth: 1, start: '11/20/2026 18:00:01', end: '11/20/2026 18:40:01', status: 'SU' },
      ]),
    },
  ]

  it('comes in whole, and the deadline of a box is predicted by its members', async () => {
    const { counts, jobs } = await apply(files)
    expect(counts).toMatchObject({ refused: 0 })
    expect(counts.created).toBeGreaterThanOrEqual(320)
    const night = await predicted(jobs, 'LDN_FX_0_EOD_BOX', 10)
    expect(night.words.dueAt).toBe('2026-11-24T05:30:00Z')
    expect(night.counts.jobs).toBeGreaterThan(3)
    expect(night.findings.filter(({ kind }) => kind === 'assumed').map(({ message }) => message)).toContainEqual(
      expect.stringContaining('the variable MKT_OPEN'),
    )
    expect(night.forecast.p50).toMatch(/^2026-11-23T1[89]:/)
    expect(night.forecast.odds).toBeLessThan(0.05)
  })
})

it('DAGs of Airflow come in with their tasks; what is paused or by hand is skipped', async () => {
  const { counts } = await apply(airflowSample.files)
  expect(counts).toMatchObject({ created: 6, skipped: 2, refused: 0 })
  expect(await stored('PRD/eod.calc')).toMatchObject({
    box: 'PRD/eod',
    names: ['PRD/eod.prices', 'PRD/eod.trades'],
    typical_seconds: 2_100,
  })
  expect((await preview(airflowSample.files)).counts).toMatchObject({ created: 0, changed: 0, unchanged: 6 })
})
