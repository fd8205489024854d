import { describe, expect, it } from 'vitest'
import { type Condition, importedDeadline, jobWaits } from '../../../../contract/jobs/waits.ts'
import { bankNight, jsonNight, xmlNight } from '../../../../test/harness/controlm-night.ts'
import { afterOf } from '../../jobs/index.ts'
import type { ImportedJob, ImportFile } from '../define-importer.ts'
import { importerOf } from '../importer-kinds.ts'

/** A whole night in both forms of Control-M. */

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')
const read = (files: ImportFile[]) =>
  importerOf(undefined, files).read(files, { zone: 'Europe/London', host: null, now })
const folders = bankNight()
const { folders: xml, calendars } = xmlNight(folders)
const json = read([{ name: 'night.json', text: jsonNight(folders) }])
const fromXml = read([
  { name: 'night.xml', text: xml },
  { name: 'calendars.xml', text: calendars },
])
const place = ({ externalId, schedule, waits, deadlines, graceSeconds, host, command }: ImportedJob) => ({
  externalId,
  schedule,
  waits,
  deadlines,
  graceSeconds,
  host,
  command: command || null,
})
const sorted = (jobs: readonly ImportedJob[]) =>
  jobs.map(place).toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1))
const jobsIn = (c: Condition): string[] => ('of' in c ? c.of.flatMap(jobsIn) : 'job' in c ? [c.job] : [])
const named = (name: string) => json.jobs.find((j) => j.externalId.endsWith(`/${name}`))

describe('a night of a bank', () => {
  it('is read whole', () => {
    expect(json.jobs.length).toBeGreaterThan(300)
    expect(json.refused).toEqual([])
    const rules = Map.groupBy(json.findings, (f) => f.rule)
    expect([...rules].map(([rule, all]) => [rule, all.length])).toEqual([
      ['confirmed-by-hand', 3],
      ['event-unused', 1],
    ])
  })

  it('is the same in JSON and in XML', () => {
    const dummy = /REPORT-10$|-SLA$/
    const without = (all: ReturnType<typeof sorted>) =>
      all.map((j) => (dummy.test(j.externalId) || j.waits?.isBox ? { ...j, command: null, host: null } : j))
    expect(without(sorted(fromXml.jobs))).toEqual(without(sorted(json.jobs)))
  })

  it('gives nothing that cannot be stored, and names only jobs that there are', () => {
    const ids = new Set(json.jobs.map((j) => j.externalId))
    for (const job of json.jobs) {
      expect(jobWaits.parse(job.waits)).toEqual(job.waits)
      for (const deadline of job.deadlines ?? []) expect(importedDeadline.parse(deadline)).toEqual(deadline)
      for (const other of job.waits?.condition ? jobsIn(job.waits.condition) : []) expect(ids).toContain(other)
      if (job.waits?.box) expect(ids).toContain(job.waits.box)
      if (job.schedule?.kind !== 'waits') expect(afterOf(job.schedule ?? never)(now.epochMilliseconds)).not.toBeNull()
    }
  })

  it('has its boxes, conditions, scopes and deadlines', () => {
    const id = (path: string) => `ctm-ldn/EMEA-NIGHT/${path}`
    const ok = (path: string, within: 'same-date' | 'previous-date' | 'own-last-run' = 'same-date') => ({
      kind: 'job',
      job: id(path),
      is: 'succeeded',
      within,
    })
    expect(named('EMEA-NIGHT')).toMatchObject({ schedule: { expression: '0 22 * * 1-5' }, waits: { isBox: true } })
    expect(named('US-NIGHT')).toMatchObject({ schedule: { expression: '30 2 * * 2-6' } })
    expect(named('EMEA-FEED-00')?.waits).toMatchObject({
      box: id('EMEA-FEEDS'),
      condition: { kind: 'job', job: 'ctm-ldn/EMEA-NIGHT', is: 'succeeded', within: 'previous-date' },
      retries: 2,
      resources: [{ name: 'FEED-SLOTS', units: 1 }],
    })
    expect(named('EMEA-FEED-02')).toMatchObject({
      schedule: { expression: '45 23 * * 1-5' },
      waits: { window: { from: '23:45', to: '06:00' } },
    })
    expect(named('EMEA-CALC-03')?.waits?.condition).toEqual({
      kind: 'all',
      of: [
        { kind: 'any', of: [ok('EMEA-FEEDS/EMEA-FEED-01'), { ...ok('EMEA-FEEDS/EMEA-FEED-01'), is: 'failed' }] },
        ok('EMEA-FEEDS/EMEA-FEED-02'),
      ],
    })
    const rates = (name: string) => ({ ...ok(''), job: `ctm-ldn/HOUSEKEEPING/${name}`, within: 'own-last-run' })
    expect(named('EMEA-CALC-04')?.waits?.condition).toEqual({
      kind: 'all',
      of: [{ kind: 'any', of: [rates('RATES'), rates('RATES-BACKUP')] }, ok('EMEA-FEEDS/EMEA-FEED-04')],
    })
    expect(named('EMEA-REPORT-21')?.schedule).toMatchObject({ expression: '0 22 * * 5' })
    expect(named('EMEA-SLA')).toMatchObject({
      deadlines: [{ kind: 'by', name: 'EMEA-SLA', time: '05:30', days: 1 }],
      waits: { typicalSeconds: 1 },
    })
  })

  it.each([
    ['QUARTER', 'Sat *-1,4,7,10-1,15 09:00'],
    ['EITHER', '0 10 1 * 1'],
    ['POLL', '*/20 8-17 * * 1-5\n0 18 * * 1-5'],
    ['PURGE', '0 3 * * *'],
  ])('%s runs at %s', (name, expression) => expect(named(name)?.schedule).toMatchObject({ expression }))

  it('names the days of its calendar, the last of each month', () => {
    const days = (name: string) => {
      const { schedule } = named(name) ?? {}
      const after = afterOf(schedule ?? never)
      const found: string[] = []
      for (let at: number | null = now.epochMilliseconds; at !== null && found.length < 4; ) {
        at = after(at)
        if (at) found.push(new Temporal.Instant(BigInt(at) * 1_000_000n).toString().slice(0, 16))
      }
      return found
    }
    expect(days('CLOSE-MONTH')).toEqual([
      '2026-11-30T19:00',
      '2026-12-31T19:00',
      '2027-01-29T19:00',
      '2027-02-26T19:00',
    ])
    expect(days('CHECK').slice(0, 2)).toEqual(['2026-11-23T08:00', '2026-11-24T08:00'])
  })

  it('keeps everything as it was written', () => {
    const job = fromXml.jobs.find((j) => j.externalId.endsWith('EMEA-FEED-01'))
    expect(job?.attributes).toMatchObject({
      RUN_AS: 'batch',
      MAXWAIT: '3',
      INTERVAL: '00001M',
      parts: expect.arrayContaining([expect.objectContaining({ is: 'ON', CODE: 'NOTOK' })]),
    })
    expect(named('EMEA-FEED-01')?.attributes).toMatchObject({ RunAs: 'batch', Priority: 'Medium' })
  })
})

const never = { kind: 'waits' as const, zone: 'UTC' }
