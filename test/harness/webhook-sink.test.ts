import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startWebhookSink, type WebhookSink } from './webhook-sink.ts'

const now = Temporal.Instant.from('2026-03-04T06:00:00Z')
let sink: WebhookSink
beforeEach(async () => {
  sink = await startWebhookSink({ now: () => now })
})
afterEach(() => sink.stop())

const post = (more: { secret?: string; at?: Temporal.Instant; id?: string } = {}) => {
  const body = JSON.stringify({ type: 'notification.page', timestamp: now.toString(), data: { title: 'x is down' } })
  const at = new Date((more.at ?? now).epochMilliseconds)
  const id = more.id ?? 'd-1'
  return fetch(sink.url, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': `v1,other ${new Webhook(more.secret ?? sink.secret).sign(id, at, body)}`,
    },
  })
}

describe('the webhook sink', () => {
  test('takes what is signed rightly', async () => {
    expect((await post()).status).toBe(204)
    const got = await sink.expectHook({ type: 'notification.page', id: 'd-1', title: /down/ })
    expect(got).toMatchObject({ path: '/hook', wrong: null, timestamp: now.epochMilliseconds / 1000 })
    sink.expectNothingElse()
  })

  test.each([
    [
      'another secret',
      { secret: `whsec_${Buffer.from('another secret').toString('base64')}` },
      'the signature does not fit',
    ],
    ['a time far off', { at: now.add({ minutes: 6 }) }, 'the timestamp is too far off'],
  ])('%s is answered 401 and never counts as expected', async (_, more, wrong) => {
    expect((await post(more)).status).toBe(401)
    await expect(sink.expectHook({}, 10)).rejects.toThrow(wrong)
    expect(() => sink.expectNothingElse()).toThrow(wrong)
  })

  test('answers as it is told, as often as it is told, and keeps only what it took', async () => {
    await sink.behave({ status: 503, retryAfter: '7', times: 1 })
    const refused = await post()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '7'])
    expect((await post()).status).toBe(204)
    expect(sink.requests()).toBe(2)
    expect(sink.messages()).toHaveLength(1)
  })

  test('dies, comes back, and can cut the line after it has the body', async () => {
    await sink.behave({ down: true })
    await expect(post()).rejects.toThrow()
    await sink.behave({ dropAfterBody: true })
    await expect(post()).rejects.toThrow()
    expect(sink.messages()).toHaveLength(1)
    await sink.behave({})
    expect((await post()).status).toBe(204)
  })
})
