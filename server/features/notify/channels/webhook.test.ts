import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Net } from '../../../../checks/lib/net.ts'
import { type HttpTarget, startHttpTarget } from '../../../../test/harness/http-target.ts'
import { startWebhookSink, type WebhookSink } from '../../../../test/harness/webhook-sink.ts'
import { createNet } from '../../../platform/net/index.ts'
import type { Message } from '../message.ts'
import { webhook } from './webhook.ts'

// A clock that is years off the machine's: nothing but `now` may decide what is signed.
const now = Temporal.Instant.from('2031-03-04T06:10:30.999Z')
const net = createNet({ allowPrivate: true })
const page: Message = {
  id: '0198c0de-0000-7000-8000-000000000001',
  class: 'page',
  title: 'Equities order entry is down ↯',
  lines: ['orders-01 has not answered.'],
  facts: [{ label: 'Service', value: 'Equities order entry' }],
  links: [{ label: 'Open and acknowledge', url: 'https://w.example/ack/abc', primary: true }],
  priority: 'P1',
  at: '2031-03-04T07:10:22+01:00[Europe/Zurich]',
}

let sink: WebhookSink
let target: HttpTarget
beforeEach(async () => {
  sink = await startWebhookSink({ now: () => now })
  target = await startHttpTarget()
})
afterEach(async () => {
  await sink.stop()
  await target.stop()
})

const send = (more: { url?: string; secret?: string; signal?: AbortSignal; net?: Net; message?: Message } = {}) =>
  webhook.send({ url: more.url ?? sink.url, secret: more.secret ?? sink.secret }, more.message ?? page, {
    net: more.net ?? net,
    now,
    signal: more.signal ?? new AbortController().signal,
    settings: {},
  })

describe('a page by webhook', () => {
  test('arrives signed, with the delivery as its id', async () => {
    const { host } = new URL(sink.url)
    expect(await send()).toEqual({ kind: 'sent', receipt: '204 No Content', detail: `${host} took it.` })
    const got = await sink.expectHook({ type: 'notification.page', id: page.id })
    expect(got.timestamp).toBe(Math.floor(now.epochMilliseconds / 1000))
    expect(got.body).toEqual({ type: 'notification.page', timestamp: '2031-03-04T06:10:22Z', data: page })
    expect(got.headers['content-type']).toBe('application/json; charset=utf-8')
    sink.expectNothingElse()
  })

  test('passes the verification of the Standard Webhooks library as any receiver runs it', async () => {
    const present = Temporal.Now.instant()
    const machine = await startWebhookSink({ now: () => present })
    const tools = { net, now: present, signal: new AbortController().signal, settings: {} }
    await webhook.send({ url: machine.url, secret: machine.secret }, page, tools)
    const got = await machine.expectHook({})
    const headers = got.headers as Record<string, string>
    expect(new Webhook(machine.secret).verify(got.raw, headers)).toEqual(got.body)
    await machine.stop()
  })

  test('sent again has the same id and says that it may be a repeat', async () => {
    await send()
    await send({ message: { ...page, mayRepeat: true } })
    const [first, second] = sink.messages()
    expect(second?.id).toBe(first?.id)
    expect([first?.body.data.mayRepeat, second?.body.data.mayRepeat]).toEqual([undefined, true])
  })

  test('is refused by a receiver when the secret is another one', async () => {
    const other = `whsec_${Buffer.from('x'.repeat(24)).toString('base64')}`
    expect(await send({ secret: other })).toMatchObject({ kind: 'retry', reason: expect.stringContaining('401') })
  })
})

describe('when it fails', () => {
  test('410: the endpoint is gone', async () => {
    await sink.behave({ status: 410 })
    expect(await send()).toMatchObject({ kind: 'refused', reason: expect.stringContaining('gone') })
  })

  test('503 with Retry-After is tried again when asked', async () => {
    await sink.behave({ status: 503, retryAfter: '90' })
    expect(await send()).toMatchObject({ kind: 'retry', afterMs: 90_000 })
  })

  test.each([301, 303, 307])('a redirect (%i) is not followed', async (status) => {
    await sink.behave({ status, location: target.url })
    expect(await send()).toMatchObject({ kind: 'retry', reason: expect.stringContaining('redirects') })
    expect(target.requests()).toBe(0)
  })

  test('nobody listening, and back', async () => {
    await sink.behave({ down: true })
    const outcome = await send()
    expect(outcome).toMatchObject({ kind: 'retry', reason: expect.stringContaining('No answer from 127.0.0.1') })
    expect(outcome).not.toHaveProperty('maybeSent')
    await sink.behave({})
    expect(await send()).toMatchObject({ kind: 'sent' })
  })

  test('a connection cut after the body: it may have been taken', async () => {
    await sink.behave({ dropAfterBody: true })
    expect(await send()).toMatchObject({ kind: 'retry', maybeSent: true })
    expect(sink.messages()).toHaveLength(1)
  })

  test('an endpoint that never answers is left when told', async () => {
    target.hang()
    const outcome = await send({ url: target.url, signal: AbortSignal.timeout(100) })
    expect(outcome).toMatchObject({ kind: 'retry', maybeSent: true, reason: expect.stringContaining('timed out') })
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    expect(await send({ url: target.url, signal: stop.signal })).toMatchObject({
      kind: 'retry',
      reason: 'The attempt was stopped before it was done.',
    })
  })

  test('a flood is cut, and its 200 counts', async () => {
    target.flood()
    expect(await send({ url: target.url })).toMatchObject({ kind: 'sent', receipt: '200 OK' })
  })

  test('an address that is not allowed is refused without a connection', async () => {
    const guarded = createNet({
      allowPrivate: false,
      resolver: async () => ['169.254.169.254'],
      connector: () => {
        throw new Error('must not connect')
      },
    })
    const outcome = await send({ url: 'http://hook.example/x', net: guarded })
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('not allowed to connect to hook.example'),
    })
  })

  test.each([
    ['an address that is none', { url: 'ftp://x/y' }, 'url: must be an address such as https://'],
    ['a secret that is too short', { secret: 'whsec_YWJj' }, 'secret: must be whsec_'],
    ['a secret without its prefix', { secret: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }, 'secret: must be whsec_'],
  ])('%s is refused', async (_, config, reason) => {
    expect(await send(config)).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) })
  })
})

test('its description shows neither path nor secret', () => {
  expect(webhook.describe({ url: 'https://h.example/T0/secret-path', secret: sink.secret })).toBe(
    'Webhook at h.example',
  )
})
