import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { startWebhookSink, type WebhookSink } from '../../../test/harness/webhook-sink.ts'
import { deliverWebhook } from './deliver.ts'

/** What changes is told to a program of somebody else: a real server that checks signatures. */

let house: MonitorHouse
let sink: WebhookSink
let before: string
beforeAll(async () => {
  house = await monitorHouse({ start: '2026-11-23T21:00:00Z' })
  sink = await startWebhookSink({ now: () => house.clock.now() })
  before = await job('Before')
  await api('POST', '/webhooks', {
    name: 'Ops bus',
    url: `${sink.url}?token=very-secret`,
    about: ['job', 'deadline'],
    secret: sink.secret,
  })
})
afterAll(async () => {
  await house.close()
  await sink.stop()
})

const api = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) => {
  const answer = await house.api(house.admin, method, url, body)
  if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const job = async (name: string): Promise<string> => {
  const schedule = { kind: 'cron', expression: '0 22 * * *', zone: 'Europe/London' }
  return (await api('POST', '/jobs', { name, serviceId: house.orders, schedule })).id
}
const ping = async (id: string, suffix: string) =>
  expect((await house.http.inject({ method: 'GET', url: `/ping/${id}${suffix}` })).body).toBe('OK')
const told = () => sink.messages().map(({ body }) => `${body.type}: ${body.data.text}`)

describe('a webhook', () => {
  it('hears of what has changed since it was made, in order, with a sentence for people', async () => {
    const id = await job('EOD prices')
    await ping(id, '/12')
    await house.settle()
    const due = { kind: 'by', time: '23:30', days: 0, zone: 'Europe/London' }
    await api('POST', '/deadlines', { name: 'Prices', jobId: id, due })
    await house.settle()
    expect(told().slice(0, 3)).toEqual([
      'job.created: Ada Admin added the job EOD prices.',
      expect.stringMatching(/^job\.failed: .*EOD prices failed with exit status 12/),
      'deadline.set: Ada Admin set the deadline Prices for EOD prices.',
    ])
    const [, failed] = sink.messages()
    expect(failed?.body).toMatchObject({
      timestamp: '2026-11-23T21:00:00Z',
      data: { subject: `job:${id}`, facts: { name: 'EOD prices' } },
    })
  })

  it('is told later what it did not take, each once and in order, and meanwhile it is said since when', async () => {
    sink.clear()
    await sink.behave({ status: 503 })
    await ping(before, '/1')
    await house.settle()
    await ping(before, '')
    await house.settle()
    const [failing] = (await api('GET', '/webhooks')).items
    expect(failing.failing).toMatchObject({
      since: '2026-11-23T21:00:00Z',
      problem: expect.stringContaining('did not take it: 503'),
    })
    expect(told()).toEqual([])
    await sink.behave({})
    await house.advance({ minutes: 1 })
    const types = sink.messages().map(({ body }) => body.type)
    expect(types.filter((type) => type.startsWith('job.'))).toEqual(['job.failed', 'job.recovered'])
    expect((await api('GET', '/webhooks')).items[0]).toMatchObject({ failing: null, deliveredAt: expect.any(String) })
  })

  it('is tried again within a quarter of an hour, however long it asks to be left alone', async () => {
    sink.clear()
    await sink.behave({ status: 503, retryAfter: '99999999' })
    await ping(before, '/3')
    await house.settle()
    await sink.behave({})
    await house.advance({ minutes: 16 })
    expect(sink.messages().map(({ body }) => body.type)).toContain('job.failed')
    await ping(before, '')
    await house.settle()
  })

  it('goes on behind the one event that it refuses when somebody skips that, which the log has; else there is nothing to skip', async () => {
    const [{ id }] = (await api('GET', '/webhooks')).items
    const skip = (who = house.admin) => house.api(who, 'POST', `/webhooks/${id}/skip`, {})
    expect((await skip()).body).toMatchObject({ detail: 'Ops bus takes what is posted: there is nothing to skip.' })
    sink.clear()
    await sink.behave({ status: 400 })
    await ping(before, '/7')
    await house.settle()
    await ping(before, '')
    await house.settle()
    expect((await skip(house.responder)).status).toBe(403)
    const both = await Promise.all([skip(), skip(), skip()])
    const skipped = both.find(({ status }) => status === 200)
    if (!skipped) throw new Error('Nothing was skipped.')
    expect(skipped).toMatchObject({ status: 200, body: { type: 'job.failed' } })
    // Whoever asks at the same time means the same event: the next one has not been refused yet.
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    await sink.behave({})
    await house.advance({ minutes: 1 })
    expect(sink.messages().map(({ body }) => body.type)).toEqual(['job.recovered'])
    const [event] = (await api('GET', '/events?type=webhook.skipped')).items
    expect(event.text).toContain(`Ops bus go on behind what 127.0.0.1`)
    expect(event.text).toContain(skipped.body.text)
    expect((await skip()).status).toBe(409)
  })

  it('does not take nothing because Watchfloor is stopped', async () => {
    const end = { xid: '9', seq: 9 }
    const config = { url: sink.url, secret: sink.secret }
    const work = { id: before, config, posts: [{ place: end, id: 'x', body: '{}' }], end, more: false, failures: 0 }
    const tools = { platform: house.platform, signal: AbortSignal.abort() }
    expect(await deliverWebhook.perform(work, tools)).toEqual({ sent: 0, reached: null, problem: null })
  })

  it('of a team hears of that team alone, and one that was deleted of nothing', async () => {
    sink.clear()
    const { rows } = { rows: (await api('GET', '/teams')).items as { id: string; name: string }[] }
    const dba = rows.find(({ name }) => name === 'DBA')?.id
    for (const { id } of (await api('GET', '/webhooks')).items) await api('DELETE', `/webhooks/${id}`)
    const mine = { about: ['job'], secret: sink.secret }
    await api('POST', '/webhooks', { ...mine, name: 'DBA', url: `${sink.url}/dba`, teamId: dba })
    await api('POST', '/webhooks', { ...mine, name: 'Markets', url: `${sink.url}/markets`, teamId: house.teamId })
    await ping(before, '/2')
    await house.settle()
    expect(sink.messages().map(({ path }) => path)).toEqual(['/hook/markets'])
  })

  it('shows neither its address nor its secret again, and leads cannot make one', async () => {
    const shown = JSON.stringify(await api('GET', '/webhooks'))
    expect(shown).toContain('127.0.0.1')
    expect(shown).not.toMatch(/very-secret|whsec_|\/hook/)
    const answer = await house.api(house.responder, 'POST', '/webhooks', { name: 'x', url: sink.url, about: ['job'] })
    expect(answer.status).toBe(403)
    const bad = await house.api(house.admin, 'POST', '/webhooks', { name: 'x', url: 'ftp://x', about: ['tickets'] })
    expect(bad.status).toBe(422)
    const named = { name: 'x', url: 'https://ops:hunter2@bus.example.com/hook', about: ['job'] }
    const refused = await house.api(house.admin, 'POST', '/webhooks', named)
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([422, expect.stringContaining('url')])
    expect(JSON.stringify(refused.body)).toContain('must not hold a user or password')
    const nobodys = { name: 'x', url: sink.url, about: ['job'], teamId: before }
    const strange = await house.api(house.admin, 'POST', '/webhooks', nobodys)
    expect([strange.status, JSON.stringify(strange.body)]).toEqual([
      422,
      expect.stringContaining('there is no such team'),
    ])
    expect(JSON.stringify(bad.body)).toContain('must be an address such as https://example.com/hook')
  })
})
