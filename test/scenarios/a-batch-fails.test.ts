import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'

/** Batch work fails, and some does not come. Thursday evening in London. */

let bank: ScenarioWorld
beforeEach(async () => {
  bank = await openScenario('2026-11-26T21:30:00Z', { BASE_URL: 'http://localhost:9282' })
})
afterEach(() => bank.close())

const nightly = { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' }
const job = (name: string, more: object = {}) =>
  bank.api<{ id: string; pingUrl: string }>('POST', '/jobs', {
    name,
    serviceId: bank.world.services.settlement,
    schedule: nightly,
    graceSeconds: 600,
    ...more,
  })
const ping = async (address: string, body?: string) => {
  const answer = await bank.house.http.inject({
    method: body === undefined ? 'GET' : 'POST',
    url: `/ping/${address}`,
    ...(body === undefined ? {} : { payload: body }),
  })
  expect(answer.body).toBe('OK')
}
type Row = {
  state: string
  reason: string
  dueAt: string | null
  alerts: { kind: string; ticket: { number: string } | null }[]
}
const read = (id: string) => bank.api<Row>('GET', `/jobs/${id}`)
const ticket = (number: string) =>
  bank.api<{ title: string; description: string; state: string }>('GET', `/tickets/${number}`)
const until = (time: string) => bank.advance(bank.house.clock.now().until(Temporal.Instant.from(`2026-11-${time}:00Z`)))

describe('a batch job', () => {
  it('that fails opens an incident that shows its output; the next success ends it', async () => {
    const { id } = await job('EOD prices')
    const long = await job('Risk batch', { maxRunSeconds: 1_800, serviceId: bank.world.services.riskEngine })
    const rid = crypto.randomUUID()
    await until('26T22:00')
    await ping(`${id}/start?rid=${rid}&host=prdbat01`)
    await ping(`${long.id}/start`)
    await until('26T22:04')
    await ping(`${id}/12?rid=${rid}&host=prdbat01`, 'Loading prices of LSE\nORA-01555: snapshot too old\nGiving up.\n')
    await until('26T22:05')
    const mail = await bank.mail.expectMail({ subject: /INC-1 EOD prices failed with exit status 12/ })
    expect(mail.text).toContain('Settlement')
    const shown = await ticket('INC-1')
    expect(shown.title).toBe('EOD prices failed with exit status 12 after 4 min')
    expect(shown.description).toContain('ORA-01555: snapshot too old\nGiving up.')
    expect(shown.description).toContain('run on: prdbat01')
    expect(await read(id)).toMatchObject({
      state: 'failed',
      alerts: [{ kind: 'failure', ticket: { number: 'INC-1' } }],
    })

    await until('26T22:40')
    expect(await read(long.id)).toMatchObject({ state: 'running_long', alerts: [{ kind: 'long' }] })
    for (const done of [id, long.id]) await ping(`${done}/0`)
    await until('26T22:41')
    expect((await read(long.id)).alerts).toEqual([])
    expect((await ticket('INC-1')).state).toBe('resolved')
    expect((await bank.story('/tickets/INC-1/timeline')).join('\n')).toContain(
      'EOD prices ended well again at 22:40 London.',
    )
    expect(await read(id)).toMatchObject({ state: 'ok', dueAt: '2026-11-27T22:00:00Z' })
  })

  it('that does not come is told after its grace; a late success ends that and says how late it is', async () => {
    const { id } = await job('EOD P&L')
    await until('26T22:09')
    expect(await read(id)).toMatchObject({
      state: 'late',
      reason: 'Was due at 22:00 London (9 min ago); its grace is not over',
    })
    // On the floor it is about to break, before anybody is woken.
    const { items } = await bank.api<{ items: { name: string }[] }>('GET', '/jobs/at-risk')
    expect(items.map((j) => j.name)).toEqual(['EOD P&L'])
    bank.mail.expectNothingElse()
    await until('26T22:11')
    await bank.mail.expectMail({ subject: /INC-1 EOD P&L has not started; it was due at 22:00 London$/ })
    expect(await read(id)).toMatchObject({ state: 'missing', alerts: [{ kind: 'miss' }] })
    expect((await ticket('INC-1')).description).toContain(
      'Due 2026-11-26 22:00 Europe/London; 10 min of grace, until 22:10.',
    )

    await until('26T22:25')
    await ping(`${id}/start`)
    await until('26T22:26')
    expect(await read(id)).toMatchObject({
      state: 'running',
      reason: 'Running for 1 min, since 22:25 London, 25 min late',
    })
    await until('26T22:41')
    await ping(`${id}/0`)
    await until('26T22:42')
    expect(await read(id)).toMatchObject({ state: 'ok', alerts: [] })
    expect((await ticket('INC-1')).state).toBe('resolved')
    expect((await bank.story('/tickets/INC-1/timeline')).join('\n')).toContain(
      'EOD P&L ended well at 22:41 London after 16 min, 41 min late (it was due at 22:00 London).',
    )
  })

  it('may be missing and then fail: two alerts, and each ends by itself', async () => {
    const { id } = await job('Reconciliation')
    await until('26T22:11')
    await ping(`${id}/1`, 'no file')
    await until('26T22:12')
    expect((await read(id)).alerts).toMatchObject([{ kind: 'failure' }])
    // Somebody resolves the incident; it fails again, and that is trouble anew.
    const number = (await read(id)).alerts[0]?.ticket?.number ?? ''
    await bank.api('POST', `/tickets/${number}/resolution`, { resolution: 'Sent by hand' })
    await until('26T22:31')
    await ping(`${id}/1`, 'no file again')
    await until('26T22:32')
    const again = (await read(id)).alerts
    expect(again).toMatchObject([{ kind: 'failure', ticket: { number: expect.not.stringMatching(`^${number}$`) } }])
    expect((await ticket(again[0]?.ticket?.number ?? '')).description).toContain('no file again')
  })

  it('is not blamed for the time in which Watchfloor was not running', async () => {
    const [silent, kept] = [await job('Silent'), await job('Kept')]
    await until('26T21:50')
    // Nobody runs from 21:50 to 22:30.
    bank.house.clock.step(Temporal.Instant.from('2026-11-26T22:30:00Z'))
    await until('26T22:35')
    // One sender has kept what it had to say.
    await ping(`${kept.id}/0?at=2026-11-26T22:03:00Z&id=${crypto.randomUUID()}`)
    await until('26T22:45')
    bank.mail.expectNothingElse()
    expect(await read(kept.id)).toMatchObject({ state: 'ok', reason: 'Ended well at 22:03 London, 3 min late' })
    expect(await read(silent.id)).toMatchObject({
      state: 'unknown',
      reason: 'Was due at 22:00 London, when Watchfloor was not running; whether it ran is not known',
      dueAt: '2026-11-27T22:00:00Z',
    })
    const { items } = await bank.api<{ items: { what: string; detail: string }[] }>('GET', '/health')
    expect(items.find((i) => i.what === 'Jobs')?.detail).toContain('Silent')
  })
})
