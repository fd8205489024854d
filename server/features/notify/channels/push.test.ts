import { createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import webPush from 'web-push'
import { startPushService } from '../../../../test/harness/push-service.ts'
import { createNet } from '../../../platform/net/index.ts'
import type { Message } from '../message.ts'
import { push } from './push.ts'

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'https://watchfloor.example.com' }

let service: Awaited<ReturnType<typeof startPushService>>
beforeAll(async () => {
  service = await startPushService()
})
afterAll(() => service.stop())
beforeEach(() => {
  service.got.length = 0
  service.behaviour.status = 201
})

const message: Message = {
  id: '0198c0de-0000-7000-8000-000000000001',
  class: 'page',
  title: 'Equities order entry is down',
  lines: ['3 of 3 looks failed <b>', '🔥 and more'],
  facts: [{ label: 'Service', value: 'Order entry' }],
  links: [
    { label: 'Open', url: 'https://watchfloor.example.com/tickets/INC-1' },
    { label: 'Acknowledge', url: 'https://watchfloor.example.com/ack/x', primary: true },
  ],
  priority: 'P1',
  at: '2026-03-04T07:10:22Z',
}
const send = (more: Partial<Message> = {}, config: object = {}, settings: unknown = { push: vapid }) =>
  push.send(
    { ...service.subscription, ...config },
    { ...message, ...more },
    {
      net: createNet({ allowPrivate: true }),
      now: Temporal.Instant.from('2026-03-04T07:10:22Z'),
      signal: AbortSignal.timeout(5_000),
      settings,
    },
  )
describe('push to a browser', () => {
  it('is sealed so that the browser alone reads it (RFC 8291), and says what to do', async () => {
    expect(await send()).toMatchObject({ kind: 'sent' })
    expect(service.got[0]?.body.includes('Equities')).toBe(false)
    expect(service.read()).toEqual({
      title: 'P1: Equities order entry is down',
      body: '3 of 3 looks failed <b>\n🔥 and more\nService: Order entry',
      url: 'https://watchfloor.example.com/ack/x',
      tag: message.id,
      stays: true,
    })
    expect(service.got[0]?.headers).toMatchObject({ ttl: '3600', urgency: 'high', 'content-encoding': 'aes128gcm' })
  })

  it('says who we are (VAPID, RFC 8292): a token for that service, signed by the key that the browser knows', async () => {
    await send()
    const [, token = '', k = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(service.got[0]?.headers.authorization ?? '') ?? []
    expect(k).toBe(vapid.publicKey)
    const [head = '', claims = '', signature = ''] = token.split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: new URL(service.subscription.endpoint).origin,
      sub: 'https://watchfloor.example.com',
    })
    const point = Buffer.from(vapid.publicKey, 'base64url')
    const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
    const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
    const signed = Buffer.from(`${head}.${claims}`)
    const given = Buffer.from(signature, 'base64url')
    expect(verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, given)).toBe(true)
  })

  it('fits into what a push service takes, however long the message is', async () => {
    expect(
      await send({ title: '🔥'.repeat(200), lines: Array.from({ length: 200 }, () => '🔥é'.repeat(900)) }),
    ).toMatchObject({
      kind: 'sent',
    })
    expect(service.got[0]?.body.length).toBeLessThanOrEqual(4096)
    expect(service.read().body.isWellFormed()).toBe(true)
  })

  it.each([
    [410, 'refused', /takes no more messages/],
    [404, 'refused', /takes no more messages/],
    [403, 'refused', /Remove it and add it again/],
    [413, 'refused', /too long/],
    [429, 'retry', /did not take it: 429/],
    [503, 'retry', /did not take it: 503/],
  ])('a %i is %s', async (status, kind, reason) => {
    Object.assign(service.behaviour, { status, headers: { 'retry-after': '7' } })
    const outcome = await send()
    expect(outcome).toMatchObject({ kind, reason: expect.stringMatching(reason) })
    if (outcome.kind === 'retry') expect(outcome.afterMs).toBe(7_000)
  })

  it('is tried again when nobody answers, and told when the keys are missing', async () => {
    expect(await send({}, { endpoint: 'http://127.0.0.1:9/x' })).toMatchObject({ kind: 'retry' })
    expect(await send({}, {}, { push: null })).toMatchObject({ kind: 'retry', ours: true })
    expect(await send({}, { auth: 'short' })).toMatchObject({ kind: 'refused' })
  })
})
