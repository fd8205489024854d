import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, type SendOutcome, type SendTools } from './define-channel.ts'
import type { Message } from './message.ts'

const message: Message = {
  id: 'd-1',
  class: 'page',
  title: 'x\r\nis down\0',
  lines: [],
  links: [{ label: 'bad', url: 'javascript:alert(1)' }],
  at: '2026-03-04T06:00:00Z',
}
const tools = (settings?: unknown): SendTools => ({
  net: undefined as unknown as SendTools['net'],
  now: Temporal.Instant.from('2026-03-04T06:00:00Z'),
  signal: new AbortController().signal,
  settings,
})

const channel = (send: (given: { config: unknown; message: Message; settings: unknown }) => Promise<SendOutcome>) =>
  defineChannel({
    kind: 'pigeon',
    title: 'Carrier pigeon',
    help: 'By air.',
    config: z.object({ loft: z.string().min(1, 'must name a loft') }),
    settings: z.object({ grain: z.number('no grain is set'), wind: z.string().default('still') }),
    example: { loft: 'north' },
    limits: { perHour: 1 },
    needsVerification: true,
    forDesk: false,
    describe: (config) => `Pigeon to ${config.loft}`,
    send: (config, m, { settings }) => send({ config, message: m, settings }),
  })

describe('a channel', () => {
  test('is given a parsed config, parsed settings and a clean message', async () => {
    const seen: unknown[] = []
    const pigeon = channel(async (given) => {
      seen.push(given)
      return { kind: 'sent', receipt: 'coo', detail: 'landed' }
    })
    expect(await pigeon.send({ loft: 'north', stray: 1 }, message, tools({ grain: 3 }))).toMatchObject({ kind: 'sent' })
    expect(seen).toEqual([
      {
        config: { loft: 'north' },
        settings: { grain: 3, wind: 'still' },
        message: { ...message, title: 'x is down', links: [] },
      },
    ])
    expect(pigeon.describe({ loft: 'north' })).toBe('Pigeon to north')
  })

  test('refuses a config that no longer fits, and names the field', async () => {
    const pigeon = channel(() => Promise.reject(new Error('must not be called')))
    expect(await pigeon.send({ loft: '' }, message, tools({ grain: 3 }))).toEqual({
      kind: 'refused',
      reason: 'This contact method needs to be mended: loft: must name a loft.',
    })
    expect(pigeon.describe({})).toBe('Carrier pigeon, not set up rightly')
  })

  test('takes missing settings for the installation’s trouble', async () => {
    const pigeon = channel(() => Promise.reject(new Error('must not be called')))
    expect(await pigeon.send({ loft: 'north' }, message, tools())).toEqual({
      kind: 'retry',
      reason: 'Carrier pigeon is not set up on this installation: grain: no grain is set.',
      ours: true,
    })
  })

  test.each<[string, () => Promise<SendOutcome>]>([
    ['rejects', () => Promise.reject(new Error('wing broken'))],
    [
      'throws',
      () => {
        throw new Error('wing broken')
      },
    ],
  ])('that %s is tried again, as something that may have arrived', async (_, send) => {
    expect(await channel(send).send({ loft: 'north' }, message, tools({ grain: 3 }))).toEqual({
      kind: 'retry',
      reason: 'The attempt failed: wing broken',
      maybeSent: true,
    })
  })
})
