import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { about, pastRuns } from '../harness/nights.ts'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'

/**
 * The night of Wednesday, 25 November: the prices take long, and the P&L must be there at 07:45. London in winter, so that
 * its clock shows UTC. Each part begins where the one before has ended.
 */

let bank: ScenarioWorld
let jobs: Record<'trades' | 'prices' | 'calc' | 'report' | 'dist', string>
let deadline: string
beforeAll(async () => {
  bank = await openScenario('2026-11-26T05:30:00Z', {
    BASE_URL: 'http://localhost:9282',
    SCHEDULER_PROGRAMS: '/usr/bin/printf',
  })
  const zone = 'Europe/London'
  let number = 0
  const job = async (name: string, schedule: object, waitsFor: string[] = []) => {
    const of = waitsFor.map((one) => ({ kind: 'job', job: one, is: 'succeeded', within: 'same-date' }))
    const waits = of.length > 0 ? { condition: { kind: 'all', of } } : null
    // Draws go by the ids of jobs and of what their services depend on: so that the odds are those of the story each time,
    // jobs have ids of their own here, and only the last has a service.
    const id = `0e0d0000-0000-4000-8000-${String(number++).padStart(12, '0')}`
    const more = {
      id,
      serviceId: name === 'EOD_DIST' ? bank.world.services.settlement : null,
      schedule,
      waits,
      maxRunSeconds: 14_400,
      graceSeconds: 1_800,
    }
    return (await bank.api<{ id: string }>('POST', '/jobs', { name, ...more })).id
  }
  const at = (expression: string) => ({ kind: 'cron', expression, zone })
  const waits = { kind: 'waits', zone }
  const trades = await job('EOD_TRADES', at('34 5 * * 2-6'))
  const prices = await job('EOD_PRICES', at('30 6 * * 2-6'))
  const calc = await job('EOD_CALC', waits, [trades, prices])
  const report = await job('EOD_REPORT', waits, [calc])
  const dist = await job('EOD_DIST', waits, [report])
  jobs = { trades, prices, calc, report, dist }
  const days = [2, 3, 4, 5, 6]
  await pastRuns(bank.house, trades, { at: '05:34', minutes: about(32, 2), days })
  await pastRuns(bank.house, prices, { at: '06:30', minutes: about(28, 4), days })
  await pastRuns(bank.house, calc, { at: '06:58', minutes: about(16.75, 0.5), days })
  await pastRuns(bank.house, report, { at: '07:13', minutes: about(11, 0.5), days })
  await pastRuns(bank.house, dist, { at: '07:24', minutes: about(3, 0.3), days })
  deadline = (
    await bank.api<{ id: string }>('POST', '/deadlines', {
      name: 'EOD P&L',
      jobId: dist,
      due: { kind: 'by', time: '07:45', days: 1, zone },
      consequence: 'Derivatives opens without P&L; risk limits stay at yesterday’s',
      audience: 'Derivatives desk',
      cost: '£40,000 an hour',
    })
  ).id
})
afterAll(() => bank.close())

const until = (time: string) =>
  bank.advance(bank.house.clock.now().until(Temporal.Instant.from(`2026-11-26T${time}:00Z`)))
const ping = async (job: string, suffix = '') => {
  const answer = await bank.house.http.inject({ method: 'GET', url: `/ping/${job}${suffix}` })
  expect(answer.body).toBe('OK')
}
type Words = { state: string; odds: number; date: string; slackMs: number; culprit: { name: string } | null }
const words = async () => {
  const { items } = await bank.api<{ items: { id: string; night: Words | null }[] }>('GET', '/deadlines')
  return items.find((d) => d.id === deadline)?.night as Words
}
type Night = {
  words: Words
  counts: { jobs: number; done: number; running: number; waits: number }
  culprit: { job: { name: string }; why: string; oddsIfDone: number } | null
  forecast: { odds: number; p50: string; p90: string }
  paths: { jobs: string[] }[]
  jobs: { id: string; name: string; phase: string; band: { p10: string; p90: string } | null; critical: boolean }[]
  hurt: { consequence: string }
  findings: { kind: string; message: string }[]
  alert: { ticket: { number: string; state: string } | null } | null
}
const night = () => bank.api<Night>('GET', `/deadlines/${deadline}/night`)
const ticket = (number: string) =>
  bank.api<{ title: string; description: string; state: string }>('GET', `/tickets/${number}`)

describe('a night whose price job runs long', () => {
  it('begins as usual', async () => {
    await until('05:34')
    await ping(jobs.trades, '/start')
    await until('06:06')
    await ping(jobs.trades, '/0')
    await until('06:30')
    await ping(jobs.prices, '/start')
    await until('06:50')
    expect(await words()).toMatchObject({ state: 'on_time', date: '2026-11-25' })
    const shown = await night()
    expect(shown.counts).toMatchObject({ jobs: 5, done: 1, running: 1, waits: 3 })
    expect(shown.paths[0]?.jobs).toEqual([jobs.prices, jobs.calc, jobs.report, jobs.dist])
    expect(shown.jobs.map((j) => [j.name, j.phase])).toEqual([
      ['EOD_TRADES', 'done'],
      ['EOD_PRICES', 'running'],
      ['EOD_CALC', 'waits'],
      ['EOD_REPORT', 'waits'],
      ['EOD_DIST', 'waits'],
    ])
    expect(shown.jobs.at(-1)?.band).not.toBeNull()
    bank.mail.expectNothingElse()
  })

  it('tells the desk before the deadline, with the job to act on and whom it hurts', async () => {
    await until('07:11')
    expect((await words()).state).toBe('at_risk')
    bank.mail.expectNothingElse()
    await until('07:12')
    const now = await words()
    expect(now).toMatchObject({ state: 'predicted_late', culprit: { name: 'EOD_PRICES' } })
    expect(now.odds).toBeGreaterThan(0.58)
    expect(now.odds).toBeLessThan(0.64)
    // By when, with which odds, when it is expected and between which times, and what to act on.
    const mail = await bank.mail.expectMail({
      // The title of an incident that people have for hours: nothing in it moves on.
      subject: /INC-1 EOD P&L is predicted to miss its deadline of 07:45 London because of EOD_PRICES$/,
    })
    expect(mail.text).toMatch(
      new RegExp(
        `As of 07:12 London: odds to miss it ${Math.round(now.odds * 100)} %, expected 07:4[5-7] London \\(07:4[0-4] to 07:5\\d\\)\\.`,
      ),
    )
    expect(mail.text).toMatch(/Act on EOD_PRICES: running 42 min, usually 24 min to 31 min\./)
    expect(mail.text).toContain('It hurts: Derivatives desk.')
    expect(mail.text).toContain('Hurts Settlements (45 people)')
    const shown = await ticket('INC-1')
    expect(shown.description).toMatch(/Act on EOD_PRICES: running 42 min, usually 24 min to 31 min\./)
    expect(shown.description).toContain('If it slips: Derivatives opens without P&L; risk limits stay at yesterday’s.')
    expect(shown.description).toContain('It hurts: Derivatives desk.')
    const { culprit, alert, hurt, findings } = await night()
    expect(culprit?.oddsIfDone).toBeLessThan(now.odds)
    expect([alert?.ticket?.number, hurt.consequence.slice(0, 11)]).toEqual(['INC-1', 'Derivatives'])
    // That it is told is no cause of it.
    expect(findings.filter(({ kind }) => kind === 'incident')).toEqual([])
    const metrics = (await bank.house.http.inject({ url: '/metrics' })).body
    expect(metrics).toMatch(/watchfloor_deadline_odds\{deadline="eod-p-l"\} 0\.\d+/)
  })

  it('can be asked what would help, and nothing changes by it', async () => {
    const ask = (acts: object[]) =>
      bank.api<{ before: { odds: number }; after: { odds: number; dueAt: string }; jobs: { name: string }[] }>(
        'POST',
        `/deadlines/${deadline}/what-if`,
        { acts },
      )
    const done = await ask([{ do: 'finish', jobId: jobs.prices }])
    expect(done.after.odds).toBeLessThan(done.before.odds)
    expect(done.jobs.map((j) => j.name)).toContain('EOD_DIST')
    const later = await ask([{ do: 'extend', dueAt: '2026-11-26T09:00:00Z' }])
    expect(later.after).toMatchObject({ dueAt: '2026-11-26T09:00:00Z' })
    expect(later.after.odds).toBeLessThan(0.2)
    const slow = await ask([{ do: 'takes', jobId: jobs.calc, seconds: 7_200 }])
    expect(slow.after.odds).toBe(1)
    expect((await words()).state).toBe('predicted_late')
  })

  it('is acted on: its scheduler runs the price job again, and the ticket tells who, why and what it answered', async () => {
    // Stands for the client of the scheduler: it prints what it was told.
    const config = { program: '/usr/bin/printf', arguments: ['%s of %s: event sent', '{job}', '{businessDate}'] }
    await bank.api('POST', '/scheduler-actions', { name: 'Force start', act: 'rerun', kind: 'command', config })
    type Offers = {
      businessDate: string
      items: { id: string; version: number; words: string }[]
      deadlines: { name: string; dueAt: string; state: string }[]
    }
    const offers = await bank.api<Offers>('GET', `/jobs/${jobs.prices}/actions`)
    expect(offers.deadlines).toMatchObject([
      { name: 'EOD P&L', dueAt: '2026-11-26T07:45:00Z', state: 'predicted_late' },
    ])
    const [offer] = offers.items
    expect(offer?.words).toBe("/usr/bin/printf '%s of %s: event sent' EOD_PRICES 2026-11-25")
    const asked = { actionId: offer?.id, actionVersion: offer?.version, reason: 'It hangs on the vendor’s file' }
    await bank.api('POST', `/jobs/${jobs.prices}/acts`, asked)
    await bank.house.settle()
    const acts = await bank.api<{ items: object[] }>('GET', `/jobs/${jobs.prices}/acts`)
    expect(acts.items).toMatchObject([
      { act: 'rerun', state: 'done', exitStatus: 0, output: 'EOD_PRICES of 2026-11-25: event sent' },
    ])
    const story = (await bank.story('/tickets/INC-1/timeline')).join('\n')
    expect(story).toMatch(/re-runs EOD_PRICES of 2026-11-25: It hangs on the vendor’s file\. By Force start: /)
    expect(story).toContain('was taken: It ended with exit status 0. It said: EOD_PRICES of 2026-11-25: event sent')
    await until('07:13')
    await ping(jobs.prices, '/start')
  })

  it('ends well after all, and the alert ends by itself', async () => {
    await until('07:14')
    await ping(jobs.prices, '/0')
    await ping(jobs.calc, '/start')
    await until('07:25')
    await ping(jobs.calc, '/0')
    await ping(jobs.report, '/start')
    await until('07:35')
    await ping(jobs.report, '/0')
    await ping(jobs.dist, '/start')
    await until('07:38')
    await ping(jobs.dist, '/0')
    await until('07:40')
    expect(await words()).toMatchObject({ state: 'done' })
    expect((await ticket('INC-1')).state).toBe('resolved')
    const story = (await bank.story('/tickets/INC-1/timeline')).join('\n')
    expect(story).toContain('EOD P&L')
    const { items } = await bank.api<{ items: { state: string; odds: number }[] }>(
      'GET',
      `/deadlines/${deadline}/forecasts`,
    )
    const states = items.map((f) => f.state)
    expect(states.filter((s, i) => s !== states[i - 1])).toEqual(
      expect.arrayContaining(['on_time', 'at_risk', 'predicted_late', 'done']),
    )
    await until('08:00')
    expect(await words()).toMatchObject({ state: 'done' })
  })
})
