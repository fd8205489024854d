import { expect, test } from 'vitest'
import { channelName, outagesOf, type Undelivered } from './trouble.ts'

const now = Date.UTC(2026, 10, 26, 7, 12)
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
const message = (id: string, part: Partial<Undelivered>): Undelivered => ({
  id,
  channel: 'mail',
  state: 'queued',
  createdAt: at(-11),
  lastError: 'connection refused',
  address: 'a@b.example',
  user: { id: 'u', name: 'Priya N.' },
  attempts: [{ startedAt: at(-10), outcome: 'retry' }],
  ...part,
})

test('one line for a channel that cannot send, since its first failure', () => {
  const later = message('b', { attempts: [{ startedAt: at(-4), outcome: 'retry' }], lastError: 'timed out', user: null })
  expect(outagesOf([later, message('a', {})], now)).toEqual([
    { channel: 'mail', now: true, since: at(-10), count: 2, error: 'timed out', to: 'a@b.example' },
  ])
})

test('what was given up is told for a day, after what is so now', () => {
  const failed = message('f', { state: 'failed', channel: 'webhook', attempts: [] })
  const old = message('o', { state: 'failed', createdAt: at(-60 * 25) })
  expect(outagesOf([old, failed, message('a', {})], now).map(({ channel, now: is, since }) => [channel, is, since])).toEqual([
    ['mail', true, at(-10)],
    ['webhook', false, at(-11)],
  ])
})

test('nothing is told when everything got through', () => expect(outagesOf([], now)).toEqual([]))

test.each([
  ['mail', 'Mail'],
  ['pigeon', 'Pigeon'],
])('%s is called %s', (channel, name) => expect(channelName(channel)).toBe(name))
