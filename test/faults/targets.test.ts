import { connect as dial } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Connector } from '../../server/platform/net/connect.ts'
import { createNet } from '../../server/platform/net/index.ts'
import { troubleOn } from '../harness/floor.ts'
import type { Browser } from '../harness/identity.ts'
import { signedIn } from '../harness/signed-in.ts'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'

/** Targets that misbehave, looked at through the whole house: tried before saving, and as a monitor that repeats. */

let bank: ScenarioWorld
let priya: Browser
/** Addresses of each name, one list a lookup, the last for ever. */
let names: Record<string, string[][]> = {}
/** Every address that a connection was made to. */
let dialled: string[] = []
let outOfFiles = false

const resolver = async (name: string) => {
  const lists = names[name] ?? []
  const [next = []] = lists
  if (lists.length > 1) lists.shift()
  return next
}
/** Whatever the address, the loopback answers; but what was asked for is kept. */
const connector: Connector = ({ addresses, port }) => {
  if (outOfFiles) throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
  dialled.push(...addresses)
  return dial({ host: '127.0.0.1', port })
}

beforeAll(async () => {
  const net = createNet({ allowPrivate: true, resolver, connector })
  bank = await openScenario('2026-11-26T07:00:00Z', {}, { net })
  priya = await signedIn(bank, 'priya')
})
afterAll(() => bank.close())
beforeEach(() => {
  names = {}
  dialled = []
  outOfFiles = false
  bank.server.ok()
  bank.mail.clear()
})

type Seen = { outcome: string; code: string | null; message: string; ms: number }
const trial = async (config: object, kind = 'http') => {
  const answer = await priya.request('POST', '/api/monitors/trial', {
    kind,
    config: { timeoutSeconds: 0.5, ...config },
  })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json() as Seen
}
const monitor = async (config: object, kind = 'http') =>
  (
    await bank.api<{ id: string }>('POST', '/monitors', {
      kind,
      name: `Target ${crypto.randomUUID().slice(0, 8)}`,
      config: { timeoutSeconds: 0.5, ...config },
      serviceId: bank.world.services.orderEntry,
      environment: 'uat',
      intervalSeconds: 10,
      downAfter: 2,
    })
  ).id
const read = (id: string) =>
  bank.api<{ state: string; lastResult: Seen; unobservedSince: string | null }>('GET', `/monitors/${id}`)
const remove = (id: string) => bank.api('DELETE', `/monitors/${id}`)
/** Looks at it a few times and takes it away again. */
const watched = async (config: object, kind?: string) => {
  const id = await monitor(config, kind)
  await bank.advance({ seconds: 35 })
  const seen = await read(id)
  await remove(id)
  return seen
}

describe('a web server that', () => {
  const misbehaving: [string, () => void, object, { outcome: string; message: RegExp }][] = [
    ['redirects for ever', () => bank.server.redirectLoop(), {}, { outcome: 'failed', message: /redirect/ }],
    ['sends a byte a minute', () => bank.server.dripByte(60_000), {}, { outcome: 'failed', message: /timed out/ }],
    ['sends a byte now and then', () => bank.server.dripByte(30), {}, { outcome: 'failed', message: /timed out/ }],
    ['never answers', () => bank.server.hang(), {}, { outcome: 'failed', message: /timed out/ }],
    ['hangs up', () => bank.server.close(), {}, { outcome: 'failed', message: /closed|reset|ended/ }],
    [
      'redirects into the cloud’s metadata',
      () => bank.server.redirectTo('http://169.254.169.254/latest/meta-data/iam'),
      {},
      { outcome: 'failed', message: /169\.254\.169\.254/ },
    ],
    [
      'redirects to a file',
      () => bank.server.redirectTo('file:///etc/passwd'),
      {},
      { outcome: 'failed', message: /redirect|file/ },
    ],
  ]
  it.each(misbehaving)('%s is told as what it is, and found down', async (_what, misbehave, config, wanted) => {
    misbehave()
    const asked = { address: bank.server.url, ...config }
    const started = performance.now()
    const seen = await trial(asked)
    expect(seen).toMatchObject({ outcome: wanted.outcome, message: expect.stringMatching(wanted.message) })
    expect(performance.now() - started).toBeLessThan(10_000)
    const { state, lastResult } = await watched(asked)
    expect(state).toBe('down')
    expect(lastResult.message).toMatch(wanted.message)
    expect(dialled).not.toContain('169.254.169.254')
  })

  it('sends gigabytes is read no further than its beginning, and costs no memory', async () => {
    bank.server.flood()
    const before = process.memoryUsage().rss
    const seen = await trial({ address: bank.server.url })
    expect(seen.outcome).toBe('ok')
    expect(seen.ms).toBeLessThan(1_000)
    expect(await trial({ address: bank.server.url, contains: 'not in there' })).toMatchObject({ outcome: 'failed' })
    expect((await watched({ address: bank.server.url })).state).toBe('up')
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6)
  })
})

describe('an address that must not be looked at', () => {
  const forbidden: [string, string, object][] = [
    ['http', 'the metadata address', { address: 'http://169.254.169.254/latest/meta-data/' }],
    ['http', 'the same in decimal', { address: 'http://2852039166/' }],
    ['http', 'the same in hex', { address: 'http://0xa9.0xfe.0xa9.0xfe/' }],
    ['http', 'the same inside IPv6', { address: 'http://[::ffff:a9fe:a9fe]/' }],
    ['http', 'that of another cloud', { address: 'http://100.100.100.200/' }],
    ['http', 'that of IPv6', { address: 'http://[fd00:ec2::254]/' }],
    ['http', 'a metadata service by name', { address: 'http://metadata.google.internal/' }],
    ['http', 'a name that leads there', { address: 'http://inside.example/' }],
    ['tcp', 'a port there', { host: '169.254.169.254', port: 80 }],
    ['tls', 'a certificate there', { host: '169.254.169.254' }],
    ['dns', 'a name server there', { name: 'example.com', server: '169.254.169.254' }],
  ]
  it.each(forbidden)('%s: %s is refused in a sentence, and nothing is dialled', async (kind, _what, config) => {
    names = { 'inside.example': [['169.254.169.254']], 'metadata.google.internal': [['203.0.113.10']] }
    expect(await trial(config, kind)).toMatchObject({
      outcome: 'failed',
      code: 'blocked_address',
      message: expect.stringMatching(/nothing is ever looked at there/),
    })
    expect(dialled).toEqual([])
  })
})

describe('what stands in the way here', () => {
  it('makes a monitor unknown, never down: nobody is paged, and the floor says that it is blind', async () => {
    const id = await monitor({ address: bank.server.url })
    await bank.advance({ seconds: 20 })
    outOfFiles = true
    await bank.advance({ minutes: 3 })
    expect(await read(id)).toMatchObject({ state: 'unknown', unobservedSince: null })
    bank.mail.expectNothingElse()
    expect(await troubleOn(priya)).toEqual([
      expect.stringMatching(/^unknown Monitors: Blind since 07:\d\d UTC: Target \w+\. .*too many files open/),
    ])
    outOfFiles = false
    await bank.advance({ seconds: 20 })
    expect(await read(id)).toMatchObject({ state: 'up' })
    expect(await troubleOn(priya)).toEqual([])
    await remove(id)
  })
})

describe('a name that is bound anew', () => {
  it('after it was tried: the saved monitor looks at nothing but what was checked', async () => {
    const { port } = bank.server
    names = { 'rebind.example': [['203.0.113.10'], ['169.254.169.254']] }
    const address = `http://rebind.example:${port}/`
    expect(await trial({ address })).toMatchObject({ outcome: 'ok' })
    expect(await watched({ address })).toMatchObject({
      lastResult: { outcome: 'failed', code: 'blocked_address' },
    })
    expect(dialled).toEqual(['203.0.113.10'])
  })

  it('to several addresses, one of them forbidden, is refused as a whole', async () => {
    names = { 'two.example': [['203.0.113.10', '169.254.169.254']] }
    expect(await trial({ address: 'http://two.example/' })).toMatchObject({
      outcome: 'failed',
      code: 'blocked_address',
    })
    expect(dialled).toEqual([])
  })

  it('between two hops of one look is refused before the second', async () => {
    names = { 'hop.example': [['203.0.113.10'], ['169.254.169.254']] }
    const { port } = bank.server
    bank.server.redirectTo(`http://hop.example:${port}/next`)
    expect(await trial({ address: `http://hop.example:${port}/` })).toMatchObject({ code: 'blocked_address' })
    expect(dialled).toEqual(['203.0.113.10'])
  })
})
