import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { newId } from '../../platform/ids.ts'
import { type PingRow, pingInsert } from './ping-rows.ts'

/** What is said of runs, on a real database. Monday, 07:00 in London. */

let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse()
})
afterAll(() => house.close())

let count = 0
const make = async (more: object = {}): Promise<string> => {
  const made = await house.api(house.responder, 'POST', '/jobs', {
    name: `Job ${++count}`,
    serviceId: house.orders,
    schedule: { kind: 'cron', expression: '0 22 * * *', zone: 'Europe/London' },
    ...more,
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.id
}
const read = async (id: string) => (await house.api(house.responder, 'GET', `/jobs/${id}`)).body
const runs = async (id: string, more = '') =>
  (await house.api(house.responder, 'GET', `/jobs/${id}/runs${more}`)).body.items
const ping = async (address: string, payload?: string) => {
  const answer = await house.http.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url: `/ping/${address}`,
    payload,
  })
  expect(answer.statusCode).toBe(200)
}
const rid = () => crypto.randomUUID()
const verdictsOf = async (id: string) => (await runs(id)).map((r: { verdicts: string[] }) => r.verdicts)

describe('a run', () => {
  it('is late, too short, one too many or borne, and says so', async () => {
    const id = await make({ minRunSeconds: 10, minGapSeconds: 600, failuresInARow: 2, maxRunSeconds: 20 })
    const [a, b] = [rid(), rid()]
    await ping(`${id}/start?rid=${a}`)
    await ping(`${id}/start?rid=${b}`)
    await ping(`${id}?rid=${a}`)
    await house.advance({ seconds: 25 })
    await ping(`${id}/3?rid=${b}`)
    await ping(`${id}/4`)
    expect(await verdictsOf(id)).toEqual([
      ['failed', 'often'],
      ['long', 'failed', 'often', 'overlapping'],
      ['short', 'tolerated'],
    ])
    expect(await runs(id, '?verdict=overlapping')).toMatchObject([{ id: b }])
    expect(await runs(id, '?verdict=failed')).toHaveLength(2)
    expect((await house.api(house.responder, 'GET', `/jobs/${id}/runs?verdict=odd`)).status).toBe(422)
  })

  it('that begins after its grace is late', async () => {
    const schedule = { kind: 'cron', expression: '2 7 * * *', zone: 'Europe/London' }
    const minute = house.clock.now().toZonedDateTimeISO('Europe/London').add({ minutes: 2 }).minute
    const id = await make({ schedule: { ...schedule, expression: `${minute} 7 * * *` }, graceSeconds: 30 })
    await house.advance({ seconds: 155 })
    await ping(id)
    expect(await verdictsOf(id)).toEqual([['late']])
  })

  it('belongs to a business date, and after a failure is a further try', async () => {
    const id = await make({ schedule: { kind: 'waits', zone: 'Europe/London' } })
    // Of the evening before, and of this one: dates begin at 17:00.
    const ends = ['22T16:30', '22T17:30', '22T23:00', '23T02:00', '23T03:00', '23T04:00']
    const told: [string, number][] = []
    for (const [n, time] of ends.entries()) {
      const run = rid()
      await ping(`${id}/${n === 4 ? 0 : 7}?rid=${run}&at=2026-11-${time}:00Z`)
      const { body } = await house.api(house.responder, 'GET', `/jobs/${id}/runs/${run}`)
      told.push([body.businessDate, body.attempt])
    }
    expect(told).toEqual([
      ['2026-11-21', 1],
      ['2026-11-22', 1],
      ['2026-11-22', 2],
      ['2026-11-22', 3],
      ['2026-11-22', 4],
      ['2026-11-22', 1],
    ])
  })

  it('that ends before it has started, by two clocks, has no duration', async () => {
    const id = await make()
    const run = rid()
    await ping(`${id}/start?rid=${run}&at=2026-11-23T06:50:00Z`)
    await ping(`${id}/0?rid=${run}&at=2026-11-23T06:40:00Z`)
    expect(await runs(id)).toMatchObject([
      { id: run, ms: null, startedAt: null, outcome: 'success', note: expect.stringContaining('before its start') },
    ])
    expect(await read(id)).toMatchObject({ running: 0, state: 'ok' })
  })

  it('that ends with an exit status that its job takes for a success has ended well; words stand above it', async () => {
    const id = await make({ filters: { exits: [1, 143] } })
    for (const end of ['1', 'TERM', '2', 'fail']) await ping(`${id}/${end}`)
    const outcomes = async () => (await runs(id)).map((r: { outcome: string }) => r.outcome)
    expect(await outcomes()).toEqual(['fail', 'fail', 'success', 'success'])
    expect((await runs(id)).at(-1)).toMatchObject({ exitStatus: 1, verdicts: [] })
    await house.api(house.responder, 'PATCH', `/jobs/${id}`, {
      filters: { exits: [1], httpBody: true, failure: 'ORA-', otherwise: 'fail' },
    })
    await ping(`${id}/1`, 'ORA-00942')
    expect((await outcomes())[0]).toBe('fail')
    const refused = await house.api(house.responder, 'PATCH', `/jobs/${id}`, { filters: { exits: [256] } })
    expect([refused.status, refused.body.detail]).toEqual([422, expect.stringContaining('must be 1 to 255')])
  })

  it('keeps its volumes, of the query and of lines in its output, and no secret of it', async () => {
    const id = await make()
    await ping(`${id}?rows=12345&files=3.5&cpu_ms=7&who=me&duration=9`)
    await ping(id, 'begin rows=1\nrows=10 files=2\nexport DB_PASSWORD=hunter2\nrows=11\nPATH=5\n')
    expect((await runs(id)).map((r: { volumes: object }) => r.volumes)).toEqual([
      { rows: 11, files: 2 },
      { rows: 12345, files: 3.5 },
    ])
    const [last] = await runs(id)
    const { output } = (await house.api(house.responder, 'GET', `/jobs/${id}/runs/${last.id}`)).body
    expect(output).toContain('export DB_PASSWORD=[masked]\n')
    const { rows } = await house.platform.db
      .selectFrom('pings')
      .select('output')
      .where('job_id', '=', id)
      .execute()
      .then((r) => ({ rows: JSON.stringify(r) }))
    expect(rows).not.toContain('hunter2')
    expect(await runs(id, '?said=db_PASSWORD')).toMatchObject([{ id: last.id }])
    expect(await runs(id, '?said=100%25')).toEqual([])
  })
})

/** A run of 10 minutes and 12,000 rows on each of the days before, a little different each time. */
const past = async (jobId: string, days: number, more: Partial<PingRow> = {}) => {
  const now = house.clock.now().epochMilliseconds
  const rows = Array.from({ length: days }, (_, i): PingRow => {
    const start = now - (i + 1) * 86_400_000
    const end = start + (10 + (i % 5) / 2) * 60_000
    return {
      jobId,
      id: newId(),
      kind: 'success',
      run: rid(),
      rid: null,
      exit: 0,
      received: end,
      happened: end,
      startedAt: start,
      dueAt: null,
      host: null,
      remote: null,
      method: null,
      userAgent: null,
      output: null,
      outputBytes: 0,
      note: null,
      scheme: 'http',
      cpuMs: null,
      peakKb: null,
      volumes: { rows: 12_000 + (i % 7) * 100 },
      verdicts: null,
      number: null,
      ...more,
    }
  })
  await pingInsert(rows).execute(house.platform.db)
}
const ran = async (id: string, minutes: number, volumes = '') => {
  const [run, now] = [rid(), house.clock.now()]
  await ping(`${id}/start?rid=${run}&at=${now.subtract({ minutes })}`)
  await ping(`${id}?rid=${run}&at=${now}${volumes}`)
  return run
}
const judged = () => house.advance({ seconds: 61 })

describe('an unusual run', () => {
  it('is told to be so beside what is usual, and alerts nobody unless its job says so', async () => {
    const id = await make()
    await past(id, 60)
    const run = await ran(id, 50, '&rows=120')
    expect((await read(id)).unusual).toEqual([])
    await judged()
    expect(await read(id)).toMatchObject({
      state: 'ok',
      unusual: ['duration', 'rows'],
      reason: expect.stringMatching(/Unusual: duration, rows$/),
      alerts: [],
      usual: [{ measure: 'duration', n: expect.any(Number), dayClass: 'monday' }, { measure: 'rows' }],
    })
    const [found] = await runs(id, '?verdict=unusual_volume')
    expect(found).toMatchObject({
      id: run,
      verdicts: ['unusual_duration', 'unusual_volume'],
      unusual: [
        { measure: 'duration', value: 50 * 60_000 },
        { measure: 'rows', value: 120 },
      ],
    })
    const list = async (what: string) =>
      (await house.api(house.responder, 'GET', `/jobs?unusual=${what}`)).body.items.map((j: { id: string }) => j.id)
    expect([await list('any'), await list('duration')]).toEqual([[id], [id]])
    // One as usual ends it; the runs on record keep what was said of them.
    await ran(id, 11, '&rows=12050')
    await judged()
    expect((await read(id)).unusual).toEqual([])
    expect(await runs(id, '?verdict=unusual_duration')).toHaveLength(1)
    expect(await list('any')).toEqual([])
  })

  it('alerts where its job says so, until one is as usual again', async () => {
    const id = await make({ name: 'EOD prices', tellUnusual: true })
    await past(id, 60)
    await ran(id, 50)
    await judged()
    expect((await read(id)).alerts).toMatchObject([{ kind: 'unusual', status: 'firing' }])
    // A failure is another matter, and says nothing of what is usual.
    await ping(`${id}/1`)
    await judged()
    expect((await read(id)).alerts.map((a: { kind: string }) => a.kind).toSorted()).toEqual(['failure', 'unusual'])
    await ran(id, 10)
    await judged()
    expect((await read(id)).alerts).toEqual([])
    expect((await house.sentences(`job:${id}`)).filter((s) => /usual/.test(s))).toEqual([
      expect.stringMatching(/^EOD prices took 50 min; on a Monday \d min to \d+ min are usual \(8 runs\)\.$/),
      'EOD prices ran as usual again.',
    ])
  })

  it('is told of a job without durations by its volumes alone', async () => {
    const id = await make()
    await past(id, 60, { startedAt: null })
    await ping(`${id}?rows=0`)
    await judged()
    expect((await read(id)).unusual).toEqual(['rows'])
  })

  it('is not told of a job that has run four times', async () => {
    const id = await make()
    await past(id, 4)
    await ran(id, 55)
    await judged()
    expect(await read(id)).toMatchObject({ unusual: [], usual: [] })
  })
})
