import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSchedulerWire } from '../../../test/harness/scheduler-wire.ts'
import { createLog } from '../../platform/log.ts'
import { createNet } from '../../platform/net/index.ts'
import type { SchedulerKind, SchedulerSample, Told } from './define-scheduler.ts'
import { readScheduler } from './read-scheduler.ts'
import { schedulerKinds } from './scheduler-kinds.ts'

/** Every kind against a server on the loopback that speaks as the scheduler does. */

const now = Date.UTC(2026, 10, 23, 22, 5)
let wire: Awaited<ReturnType<typeof startSchedulerWire>>
beforeAll(async () => {
  wire = await startSchedulerWire()
})
afterAll(() => wire.stop())
beforeEach(() => {
  wire.instead()
  wire.asked.length = 0
})

const line = ({ kind, name, at, exit, host, note, text }: Told): string =>
  [kind, name, new Temporal.Instant(BigInt(at) * 1_000_000n), exit, host, note, text && JSON.stringify(text)]
    .filter((part) => part !== undefined && part !== '')
    .join(' ')

const read = (kind: SchedulerKind, sample: SchedulerSample, more: Record<string, unknown> = {}) => {
  wire.clear()
  for (const [asked, answer] of Object.entries(sample.answers)) wire.on(asked, answer)
  const config = kind.config.parse({ ...kind.example, ...sample.config, url: wire.url, timeoutSeconds: 1, ...more })
  const net = createNet({ allowPrivate: true })
  const tools = { net, log: createLog('silent'), signal: new AbortController().signal }
  return readScheduler(
    { kind, config, cursor: sample.cursor ?? null, now, readAt: sample.cursor ? now - 60_000 : null },
    tools,
  )
}

describe.each([...schedulerKinds.values()])('$kind', (kind) => {
  const [first] = kind.samples as [SchedulerSample]

  it.each(kind.samples)('reads $name', async (sample) => {
    const outcome = await read(kind, sample)
    if (!('looked' in outcome)) throw new Error(outcome.problem)
    expect(outcome.looked.told.map(line)).toEqual(sample.told)
    expect(outcome.looked.names).toEqual(sample.names)
    expect(outcome.looked.holds && Object.fromEntries(outcome.looked.holds)).toEqual(sample.holds)
    const complete = sample.cursor !== undefined
    expect(outcome.looked).toMatchObject({
      complete,
      more: false,
      ...(sample.next !== undefined && { cursor: sample.next }),
      ...(sample.estimates && { estimates: sample.estimates }),
    })
    // What is told twice is known by its id.
    const again = await read(kind, sample)
    expect('looked' in again && again.looked.told.map((t) => t.id)).toEqual(outcome.looked.told.map((t) => t.id))
    expect(new Set(outcome.looked.told.map((t) => t.id)).size).toBe(outcome.looked.told.length)
  })

  it.each([
    ['401', { status: 401, text: '{}' }, /it answers 401 to .*not accepted/],
    ['403', { status: 403, text: '{}' }, /it answers 403 to .*may not read that/],
    ['a 5xx', { status: 503, headers: { 'retry-after': '90' }, text: 'later' }, /it answers 503/],
    ['429', { status: 429, headers: { 'retry-after': '90' }, text: '' }, /asked more often/],
    ['a web page', { text: '<!doctype html><title>Sign in</title>' }, /answers a web page, not JSON/],
    ['half an answer', { text: '{"version": "3.1' }, /is not JSON/],
    ['another JSON', { text: '[1, "x", null]' }, /answer/],
    [
      'a redirect to a private address',
      { status: 302, headers: { location: 'http://10.0.0.1/login?next=secret' }, text: '' },
      /sends us on to http:\/\/10\.0\.0\.1\/login, where we do not follow/,
    ],
  ])('says what is wrong when it is answered %s', async (name, answer, words) => {
    wire.instead(() => answer)
    const outcome = await read(kind, first)
    expect(outcome).toMatchObject({ problem: expect.stringMatching(words) })
    if ('problem' in outcome) {
      expect(outcome.retryAfterSeconds).toBe(/429|5xx/.test(name) ? 90 : null)
      expect(outcome.problem).not.toMatch(/secret|\.$/)
    }
  })

  it('keeps its secrets out of what it says is wrong, whoever repeats them', async () => {
    const { password = 'hush-5f2c-of-mine', token = 'eyJ-hush-5f2c' } = first.config ?? {}
    const mine = { ...(first.config?.user ? { password } : { token }) }
    const said = JSON.stringify({
      detail: [{ type: 'missing', input: mine, was: Buffer.from(`x:${password}`).toString('base64') }],
    })
    wire.instead(() => ({ status: 422, headers: { 'content-type': 'application/json' }, text: said }))
    const outcome = await read(kind, first, { ...mine, user: 'x' })
    expect(outcome).toMatchObject({ problem: expect.stringContaining('422') })
    expect(JSON.stringify(outcome)).not.toMatch(/hush|eyJ-/)
    expect(JSON.stringify(outcome)).not.toContain(Buffer.from(String(password)).toString('base64').slice(0, 8))
  })

  it('reads what no database keeps, and ends where it is given the same page for ever', async () => {
    const odd = JSON.stringify(first.answers)
      .replaceAll('"name":"', '"name":"\\u0000\\ud800')
      .replaceAll('_id":"', '_id":"\\u0000\\udc00')
    const outcome = await read(kind, { ...first, answers: JSON.parse(odd) })
    const text = JSON.stringify('looked' in outcome && { ...outcome.looked, told: outcome.looked.told })
    expect('looked' in outcome).toBe(true)
    expect(text).not.toMatch(/\\u0000|\\ud800|\\udc00/)
    const endless: Record<string, unknown> = {}
    for (const [asked, answer] of Object.entries(first.answers)) {
      if (typeof answer !== 'object' || answer === null || asked.includes('taskInstances')) continue
      if ('total_entries' in answer) endless[asked] = { ...answer, total_entries: 1_000_000 }
      if ('metadata' in answer) endless[`${asked}*`] = { ...answer, metadata: { continue: 'again' } }
    }
    if (Object.keys(endless).length === 0) return
    expect(await read(kind, { ...first, answers: { ...first.answers, ...endless } })).toMatchObject({
      problem: expect.stringMatching(/gives the same page again/),
    })
  })

  it('gives up on one that does not answer, and on an address of ours where these are refused', async () => {
    wire.instead(() => null)
    expect(await read(kind, first)).toMatchObject({ problem: expect.stringContaining('timed out') })
    const net = createNet({ allowPrivate: false })
    const config = kind.config.parse({ ...kind.example, ...first.config, url: wire.url })
    const tools = { net, log: createLog('silent'), signal: new AbortController().signal }
    const asked = wire.asked.length
    expect(await readScheduler({ kind, config, cursor: null, now, readAt: null }, tools)).toHaveProperty('problem')
    expect(wire.asked.length).toBe(asked)
  })
})
