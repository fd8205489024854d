import { describe, expect, test } from 'vitest'
import { NetError } from '../../../checks/lib/net.ts'
import { retryAfterMs, webhookAnswer, webhookFailure } from './webhook-outcome.ts'

const now = Temporal.Instant.from('2026-03-04T06:00:00Z')
const answer = (status: number, headers: Record<string, string> = {}) =>
  webhookAnswer({ status, statusText: '', headers }, 'hook.example', now)

describe('an answer to a webhook', () => {
  test.each([200, 202, 204, 299])('%i is sent', (status) => {
    expect(answer(status)).toEqual({ kind: 'sent', receipt: `${status}`, detail: 'hook.example took it.' })
  })

  test('410 is refused, and says that the endpoint is gone', () => {
    expect(answer(410)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('gone') })
  })

  test.each([301, 307, 400, 401, 404, 429, 500, 502, 503, 504])('%i is tried again', (status) => {
    expect(answer(status)).toMatchObject({ kind: 'retry', reason: expect.stringContaining(`${status}`) })
    expect(answer(status)).not.toHaveProperty('afterMs')
  })

  test.each([429, 503])('%i with Retry-After waits as asked', (status) => {
    expect(answer(status, { 'retry-after': '90' })).toMatchObject({ kind: 'retry', afterMs: 90_000 })
  })
})

test.each<[string | string[] | undefined, number | undefined]>([
  ['0', 0],
  ['120', 120_000],
  [['7', '8'], 7000],
  ['Wed, 04 Mar 2026 06:01:00 GMT', 60_000],
  ['Wed, 04 Mar 2026 05:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['1e3', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %s', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected)
})

describe('no answer', () => {
  test.each<[string, NetError, object]>([
    ['nobody listening', new NetError('refused', 'connection refused', { phase: 'connect' }), { kind: 'retry' }],
    [
      'our own network is away',
      new NetError('no_network', 'this machine has no network', { own: true }),
      { kind: 'retry', ours: true },
    ],
    [
      'too slow to answer: it may have been taken',
      new NetError('timeout', 'timed out', { phase: 'firstByte' }),
      { kind: 'retry', maybeSent: true },
    ],
    [
      'an address that is not allowed',
      new NetError('blocked_address', '169.254.169.254 is not allowed'),
      { kind: 'refused' },
    ],
    ['a redirect', new NetError('redirect', 'redirects'), { kind: 'retry' }],
  ])('%s', (_, error, expected) => {
    const { reason, ...rest } = webhookFailure(error, 'hook.example')
    expect(rest).toEqual(expected)
    expect(reason).toContain('hook.example')
  })

  test('an abort of ours is not told as trouble', () => {
    const aborted = new NetError('aborted', 'stopped by us', { own: true, phase: 'connect' })
    expect(webhookFailure(aborted, 'hook.example')).toEqual({
      kind: 'retry',
      reason: 'The attempt was stopped before it was done.',
    })
  })

  test('what is no network trouble is thrown on', () => {
    expect(() => webhookFailure(new TypeError('a bug'), 'hook.example')).toThrow('a bug')
  })
})
