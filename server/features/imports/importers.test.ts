import { describe, expect, it } from 'vitest'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import { scheduleWordsBy } from '../../../contract/jobs/schedule-words.ts'
import type { ImportFile, ImportOptions, Reading } from './define-importer.ts'
import { ImportError } from './import-error.ts'
import { importerKinds, importerOf } from './importer-kinds.ts'

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')

/** Every kind of importer: its samples, and what must hurt none of them. */

const options: ImportOptions = { zone: 'UTC', host: null, now }
const word = (s: JobSchedule | null) => {
  if (s === null) return null
  if (s.kind === 'waits') return `waits ${s.zone}`
  if ('expression' in s) return `${s.expression} ${s.zone}`
  return scheduleWordsBy(s, { span: String, zone: (zone) => ` ${zone}` })
}
const kinds = [...importerKinds.values()]
const samples = kinds.flatMap((kind) => kind.samples.map((sample) => ({ kind, sample })))
/** What a kind makes of it, or the sentence with which it refuses. */
const attempt = (read: () => Reading): Reading | string => {
  try {
    return read()
  } catch (error) {
    if (error instanceof ImportError) return error.message
    throw error
  }
}

describe.each(samples)('$kind.kind: $sample.name', ({ kind, sample }) => {
  it('is guessed, and read as it says', () => {
    expect(importerOf(undefined, sample.files).kind).toBe(kind.kind)
    const { jobs, findings, refused } = kind.read(sample.files, options)
    expect(jobs.map((j) => [j.externalId, word(j.schedule)])).toEqual(sample.jobs)
    expect(findings.map((f) => f.rule)).toEqual(sample.rules)
    expect(refused.map((r) => r.line)).toEqual(sample.refusedLines)
    for (const job of jobs) expect(job.schedule !== null || job.unscheduled).toBeTruthy()
    for (const { message } of findings) expect(message).toMatch(/^\S.*[.]$/)
    for (const { reason } of refused) expect(reason).toMatch(/^\S.*[.]$/)
  })

  it('reads the same with other line ends and a mark of byte order, and is not cast down by NUL', () => {
    const text = (change: (text: string) => string): ImportFile[] =>
      sample.files.map((f) => ({ ...f, text: change(f.text) }))
    const plain = kind.read(sample.files, options)
    expect(
      kind.read(
        text((t) => `\ufeff${t.replaceAll('\n', '\r\n')}`),
        options,
      ),
    ).toEqual(plain)
    const broken = attempt(() =>
      kind.read(
        text((t) => t.replaceAll('e', '\0')),
        options,
      ),
    )
    expect(JSON.stringify(broken)).not.toContain('\\u0000')
  })

  it('gives the same for the same, whatever its zone', () => {
    expect(kind.read(sample.files, options)).toEqual(kind.read(sample.files, options))
    const ids = kind.read(sample.files, { ...options, zone: 'Asia/Tokyo' }).jobs.map((j) => j.externalId)
    expect(ids).toEqual(sample.jobs.map(([id]) => id))
  })

  it('knows a job by its host as well', () => {
    const ids = kind.read(sample.files, { ...options, host: 'prdbat09' }).jobs.map((j) => j.externalId)
    const own = sample.jobs.map(([id]) => id)
    for (const [at, id] of ids.entries()) expect([own[at], `prdbat09:${own[at]}`, `prdbat09/${own[at]}`]).toContain(id)
  })
})

describe.each(kinds)('$kind', (kind) => {
  it.each([
    ['nothing', ''],
    ['junk', String.fromCharCode(...Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 65_536))],
    ['one line of a million', 'a'.repeat(1_000_000)],
    ['many signs that open', '[{('.repeat(50_000)],
    ['many marks', '" \' = '.repeat(50_000)],
    [
      'a laugh',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]\nkind: CronJob\n`,
    ],
    [
      'words of the language',
      '{"kind": "CronJob", "__proto__": {"x": 1}, "metadata": {"name": "constructor"}, "spec": {"schedule": "__proto__"}}',
    ],
  ])('stands %s', (_name, text) => {
    const started = performance.now()
    const file = { name: 'x', text }
    expect(kind.accepts(file)).toBeLessThanOrEqual(1)
    const read = attempt(() => kind.read([file], options))
    if (typeof read === 'string') expect(read).toMatch(/[.]$/)
    else expect(read.jobs).toEqual([])
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  it('refuses more than it can read at once, and says how much that is', () => {
    const text = 'x'.repeat((kind.mostText ?? 10_000_000) + 1)
    expect(attempt(() => kind.read([{ name: 'x', text }], options))).toMatch(/^At most \d+ million characters/)
  })

  it('reads 10 MB of its samples in seconds', () => {
    const [sample] = kind.samples
    const text = sample?.files[0]?.text ?? ''
    const many = `${text}\n`.repeat(Math.floor(10_000_000 / (text.length + 1)))
    const started = performance.now()
    attempt(() => kind.read([{ name: sample?.files[0]?.name ?? 'x', text: many }], options))
    expect(performance.now() - started).toBeLessThan(20_000)
  }, 30_000)
})

it('names what brings in our own YAML, and what it cannot tell', () => {
  expect(() => importerOf(undefined, [{ name: 'jobs.yaml', text: 'kind: job\nslug: eod\n' }])).toThrow(
    /watchfloor apply/,
  )
  expect(() => importerOf(undefined, [{ name: 'x', text: 'hello' }])).toThrow(/what it is to be read as/)
  expect(() => importerOf('jil2', [{ name: 'x', text: 'hello' }])).toThrow(/crontab/)
})
