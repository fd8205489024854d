import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportPreview } from '../../../contract/imports/index.ts'
import { bankNight, jsonNight, xmlNight } from '../../../test/harness/controlm-night.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
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
  return answer.body as ImportPreview
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

describe('a night of Control-M', () => {
  const night = bankNight()
  const json = [{ name: 'night.json', text: jsonNight(night) }]

  it('comes in whole, with what each waits for and by when', async () => {
    const { kind, counts } = await apply(json)
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
