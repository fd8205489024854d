import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { about, pastRuns } from '../../../test/harness/nights.ts'

/** Nights to come: what is planned, what is special, and what is unlike the week before. Wednesday, noon in London. */

let house: MonitorHouse
let deadline: string
beforeAll(async () => {
  house = await monitorHouse({ start: '2026-11-25T12:00:00Z' })
  const zone = 'Europe/London'
  const job = async (name: string, expression: string | null, waitsFor: string[] = []) => {
    const of = waitsFor.map((one) => ({ kind: 'job', job: one, is: 'succeeded', within: 'same-date' }))
    const made = await api('POST', '/jobs', {
      name,
      serviceId: house.orders,
      schedule: expression === null ? { kind: 'waits', zone } : { kind: 'cron', expression, zone },
      waits: of.length > 0 ? { condition: { kind: 'all', of } } : null,
    })
    await pastRuns(house, made.id, { at: '22:00', minutes: about(30, 2, 30) })
    return made.id as string
  }
  const first = await job('FIRST', '0 22 * * 1-5')
  const monthly = await job('MONTHLY', '0 23 30 * *')
  const last = await job('LAST', null, [first, monthly])
  const side = await job('SIDE', null, [first])
  deadline = await set('Whole', last)
  await set('Side', side)
  await api('POST', '/maintenance-windows', {
    name: 'Disk swap',
    serviceIds: [house.orders],
    startsAt: '2026-11-30T22:30:00Z',
    endsAt: '2026-11-30T23:15:00Z',
    reason: 'A disk is worn',
  })
  await api('POST', '/maintenance-windows', {
    name: 'Reorganisation',
    hosts: ['PRDBAT01'],
    serviceIds: [house.orders],
    startsAt: '2026-11-01T00:00:00Z',
    recurrence: { zone: 'Europe/London', weekdays: [1], from: '18:00', minutes: 30 },
    reason: 'Each Monday',
  })
  await house.settle()
})
afterAll(() => house.close())

const api = async (method: 'GET' | 'POST' | 'PUT', url: string, body?: object) => {
  const answer = await house.api(house.responder, method, url, body)
  if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const set = async (name: string, jobId: string) =>
  (await api('POST', '/deadlines', { name, jobId, due: { kind: 'by', time: '00:30', days: 1, zone: 'Europe/London' } }))
    .id as string
type Finding = { kind: string; message: string }
type Plan = {
  deadline: { name: string }
  forecast: { odds: number; endsAt: string | null }
  findings: Finding[]
  firstStartsAt: string
}
const messages = (plan: Plan | undefined, kind: string) =>
  (plan?.findings ?? []).filter((f) => f.kind === kind).map((f) => f.message)

describe('a pre-flight', () => {
  it('is of the coming night unless told', async () => {
    const { date, comparedWith, deadlines } = await api('GET', '/chains/pre-flight')
    expect([date, comparedWith]).toEqual(['2026-11-25', '2026-11-18'])
    const side = deadlines.find((d: Plan) => d.deadline.name === 'Side')
    expect(side).toMatchObject({ dueAt: '2026-11-26T00:30:00Z', jobs: 2, firstStartsAt: '2026-11-25T22:00:00Z' })
    // It was not set yet, but its last job ran.
    expect(side.weekBefore).toMatchObject({ state: 'done', dueAt: '2026-11-19T00:30:00Z' })
    expect(side.weekBefore.endedAt).toMatch(/^2026-11-18T22:[23]/)
    expect(side.forecast.odds).toBeLessThan(0.1)
    expect(side.forecast.endsAt).toMatch(/^2026-11-25T2[23]:/)
  })

  it('says what is special about a date, what collides, and what runs on it alone', async () => {
    const { deadlines } = await api('GET', '/chains/pre-flight?date=2026-11-30')
    const whole = deadlines.find((d: Plan) => d.deadline.name === 'Whole') as Plan
    expect(messages(whole, 'calendar')).toEqual([
      'Mon 30 Nov 2026 is the last business day of a month: what jobs usually take on such days is allowed for.',
    ])
    expect(messages(whole, 'collides')).toEqual([
      'The maintenance Disk swap, 22:30 to 23:15, is while MONTHLY is expected to run: A disk is worn',
      'The maintenance Reorganisation, 18:00 to 18:30, is in this night, when none of its jobs is expected to run: Each Monday',
    ])
    // On the next day it does not recur.
    const next = (await api('GET', '/chains/pre-flight?date=2026-12-01')).deadlines
    expect(next.flatMap((d: Plan) => messages(d, 'collides'))).toEqual([])
    expect(messages(whole, 'moved')).toEqual([
      'MONTHLY runs on this date but not a week before.',
      expect.stringMatching(/^It is expected to end 1 h \d+ min later against its deadline than a week before\.$/),
    ])
    expect(whole.forecast.endsAt).toMatch(/^2026-1(1-30T23:5|2-01T00:0)/)
  })

  it('shows a chain that cannot end on a date, and why', async () => {
    const { deadlines } = await api('GET', '/chains/pre-flight?date=2026-11-26')
    const whole = deadlines.find((d: Plan) => d.deadline.name === 'Whole')
    expect(whole.forecast).toMatchObject({ odds: 1, endsAt: null })
    // A week before it ended: no change is worse.
    expect(messages(whole, 'no_end')).toEqual([
      expect.stringMatching(/^As things are it does not end; a week before it was done .+ before its deadline\.$/),
    ])
    const night = await api('GET', `/deadlines/${deadline}/night?date=2026-11-26`)
    expect(night).toMatchObject({ words: { state: 'planned' }, culprit: { job: { name: 'MONTHLY' } } })
    expect(night.culprit.why).toBe('MONTHLY is started by nothing on this date')
    expect(night.jobs.find((j: { name: string }) => j.name === 'LAST')).toMatchObject({
      phase: 'blocked',
      blocked: { by: { name: 'MONTHLY' } },
    })
  })

  it('knows the night on which the clock is put forward', async () => {
    const { deadlines } = await api('GET', '/chains/pre-flight?date=2027-03-26')
    expect(messages(deadlines[0], 'clock')).toEqual([])
    const night = await api('GET', `/deadlines/${deadline}/night?date=2027-03-27`)
    expect(night.findings.filter((f: Finding) => f.kind === 'clock')).toMatchObject([
      { message: 'In this night the clock of Europe/London is put forward: it is an hour shorter.' },
    ])
  })
})

describe('a date of which its calendar says more', () => {
  const hours = { from: '08:00', to: '17:00' }
  const onDates = async (date: string) => {
    const { deadlines } = await api('GET', `/chains/pre-flight?date=${date}`)
    return messages(
      deadlines.find((d: Plan) => d.deadline.name === 'By the bank'),
      'calendar',
    )
  }

  it('is a short day, or the last one before a holiday at the end of a month', async () => {
    const calendar = await house.api(house.admin, 'POST', '/calendars', {
      slug: 'the-bank',
      name: 'The bank',
      kind: 'settlement',
      zone: 'Europe/London',
      weekly: [1, 2, 3, 4, 5].map((day) => ({ day, ...hours })),
      exceptions: [
        { date: '2026-12-24', open: [{ from: '08:00', to: '12:30' }], name: 'Christmas Eve' },
        { date: '2026-12-31', open: [], name: 'Last day of the year' },
      ],
      validThrough: '2027-12-31',
    })
    const { jobId } = await api('GET', `/deadlines/${deadline}`)
    const due = { kind: 'by', time: '00:30', days: 1, zone: 'Europe/London' }
    await api('POST', '/deadlines', { name: 'By the bank', jobId, due, calendarId: calendar.body.id })
    expect(await onDates('2026-12-24')).toEqual([
      'Thu 24 Dec 2026 is a short day, Christmas Eve, open 08:00 to 12:30: what follows the close may begin and be wanted sooner.',
    ])
    expect(await onDates('2026-12-30')).toContain(
      'The month ends on a holiday, Thu 31 Dec 2026 (Last day of the year): its work is done on Wed 30 Dec 2026, and not on its last day.',
    )
    expect(await onDates('2026-12-23')).toEqual([])
  })
})

describe('a host of the chain', () => {
  it('on which an alert is open is told with the jobs on it, on the coming night and not in a month', async () => {
    const source = await house.api(house.admin, 'POST', '/sources', {
      name: 'Prometheus',
      kind: 'generic',
      opensIncident: false,
    })
    const sent = await house.http.inject({
      method: 'POST',
      url: '/intake/generic',
      headers: { authorization: `Bearer ${source.body.key}` },
      payload: {
        signals: [
          {
            title: 'Disk /data of prdbat01 will be full in five hours',
            dedup_key: 'disk',
            host: 'PRDBAT01.bank.example:9100',
            severity: 'medium',
          },
          { title: 'Disk /data of prdbat09 is full', dedup_key: 'other', host: 'prdbat09', severity: 'medium' },
        ],
      },
    })
    expect(sent.statusCode).toBeLessThan(300)
    await house.settle()
    const hosts = async (date: string) => {
      const { deadlines } = await api('GET', `/chains/pre-flight?date=${date}`)
      return messages(
        deadlines.find((d: Plan) => d.deadline.name === 'Side'),
        'host',
      )
    }
    expect(await hosts('2026-11-25')).toEqual([
      'On PRDBAT01.bank.example:9100, where FIRST, SIDE run, since 12:00: Disk /data of prdbat01 will be full in five hours',
    ])
    expect(await hosts('2026-12-23')).toEqual([])
  })
})

describe('a grave incident on a host of the chain', () => {
  it('is taken in for the jobs that have still to run on it, with what such times cost before', async () => {
    // It is night: at noon nothing of it has begun.
    await house.jump({ hours: 9 })
    const nightOf = async () => {
      const { findings } = await api('GET', `/deadlines/${deadline}/night`)
      return messages({ findings } as Plan, 'incident')
    }
    const before = await nightOf()
    const open = (host: string, dedup_key: string) => ({
      title: `CPU of ${host} is busy`,
      dedup_key,
      host,
      severity: 'critical',
    })
    const source = await house.api(house.admin, 'POST', '/sources', { name: 'Hosts', kind: 'generic' })
    const sent = await house.http.inject({
      method: 'POST',
      url: '/intake/generic',
      headers: { authorization: `Bearer ${source.body.key}` },
      payload: { signals: [open('PRDBAT01.bank.example', 'cpu1'), open('prdbat09', 'cpu9')] },
    })
    expect(sent.statusCode).toBeLessThan(300)
    await house.settle()
    await house.platform.db.updateTable('tickets').set({ priority: 1 }).where('title', 'like', 'CPU of%').execute()
    const told = (await nightOf()).filter((one) => !before.includes(one))
    expect(told).toEqual([
      expect.stringMatching(/ is open on PRDBAT01\.bank\.example \(CPU of .*\), which .*FIRST.* use.*: too few runs/),
    ])
  })
})

describe('a night that is over', () => {
  it('is shown as it was, by the runs on record', async () => {
    await house.jump({ minutes: 1 })
    const night = await api('GET', `/deadlines/${deadline}/night?date=2026-11-18`)
    expect(night.jobs.find((j: { name: string }) => j.name === 'FIRST')).toMatchObject({
      phase: 'done',
      startedAt: '2026-11-18T22:00:00Z',
    })
    expect(night.words.date).toBe('2026-11-18')
  })
})

describe('a deadline that counts from the start of its chain', () => {
  it('is known once its chain begins', async () => {
    const job = (await api('GET', `/deadlines/${deadline}/night?date=2026-11-25`)).jobs.find(
      (j: { name: string }) => j.name === 'FIRST',
    )
    const made = await api('POST', '/deadlines', {
      name: 'In an hour',
      jobId: job.id,
      due: { kind: 'in', seconds: 3_600, zone: 'Europe/London' },
    })
    const night = await api('GET', `/deadlines/${made.id}/night?date=2026-11-25`)
    expect(night.words.dueAt).toBe('2026-11-25T23:00:00Z')
    expect(night.forecast.odds).toBeLessThan(0.05)
  })
})
