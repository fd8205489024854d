import { once } from 'node:events'
import { connect } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { fillJar, requester, responder, toy } from '../../../test/harness/toy.ts'
import type { Actor } from '../access.ts'
import { createDb, createPool } from '../db/pool.ts'
import { AppError } from '../errors.ts'
import type { Feed, Subscriber } from '../feed.ts'
import type { Platform } from '../platform.ts'
import { mountStream } from './stream.ts'

let house: TestHouse
/** Who reads, each time that it is asked. */
let reader: () => Actor = () => responder
const closing: (() => Promise<unknown> | unknown)[] = []
beforeAll(async () => {
  house = await testHouse(toy)
})
afterEach(async () => {
  reader = () => responder
  for (const close of closing.splice(0).reverse()) await close()
})
afterAll(() => house.close())

/** The stream alone, on a real port, looking again at its reader twenty times a second. */
const serve = async (platform: Platform = house.platform, feed: Feed = house.feed): Promise<string> => {
  const app: FastifyInstance = Fastify({ forceCloseConnections: true })
  mountStream(app, platform, feed, async () => reader(), { heartbeatMs: 50 })
  closing.push(() => app.close())
  return app.listen({ port: 0, host: '127.0.0.1' })
}

type Message = { id?: string; event?: string; data: Record<string, unknown> }

const parse = (block: string): Message => {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2)
  const [id, event] = [field('id'), field('event')]
  return { ...(id ? { id } : {}), ...(event ? { event } : {}), data: JSON.parse(field('data') ?? '{}') }
}

const open = async (address: string, lastEventId?: string) => {
  const stop = new AbortController()
  closing.push(() => stop.abort())
  const response = await fetch(`${address}/api/events/stream`, {
    headers: lastEventId ? { 'last-event-id': lastEventId } : {},
    signal: stop.signal,
  })
  const lines = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let buffer = ''
  const messages: Message[] = []
  /** The next of this kind; null when the stream has ended. */
  const next = async (want: (m: Message) => boolean): Promise<Message | null> => {
    for (;;) {
      const index = messages.findIndex(want)
      if (index >= 0) return messages.splice(0, index + 1).at(-1) ?? null
      const { value, done } = (await lines?.read().catch(() => null)) ?? { done: true, value: undefined }
      if (done) return null
      const blocks = (buffer + value).split('\n\n')
      buffer = blocks.pop() ?? ''
      messages.push(...blocks.filter((b) => !b.startsWith(':')).map(parse))
    }
  }
  return { next, close: () => stop.abort() }
}

const hello = (m: Message) => m.event === 'hello'
const ready = (m: Message) => m.event === 'ready'
const change = (m: Message) => m.event === 'change'
const fill = async (jar: string, more: object = {}) => {
  await house.execute(fillJar, responder, { jar, ...more })
  await house.feed.catchUp()
}

it('resumes at Last-Event-ID and loses nothing', async () => {
  const address = await serve()
  await house.feed.catchUp()
  const first = await open(address)
  const place = (await first.next(hello))?.id
  first.close()
  await fill('away')
  const second = await open(address, place)
  expect((await second.next(change))?.data).toMatchObject({ type: 'jar.filled', subject: 'jar:away' })
  await second.next(ready)
  await fill('live')
  expect((await second.next(change))?.data).toMatchObject({ subject: 'jar:live' })
})

it('is not for strangers', async () => {
  expect((await house.http.inject({ method: 'GET', url: '/api/events/stream' })).statusCode).toBe(401)
})

it('shows a requester what is his and public, of the past as well as of the present', async () => {
  const address = await serve()
  await house.feed.catchUp()
  const place = (await (await open(address)).next(hello))?.id
  const his = { audience: 'requester', owner: requester.id }
  await fill('inner', { owner: requester.id })
  await fill('of-another', { audience: 'requester' })
  await fill('his', his)
  reader = () => requester
  const stream = await open(address, place)
  expect((await stream.next(change))?.data).toMatchObject({ subject: 'jar:his' })
  await stream.next(ready)
  await fill('inner-live', { owner: requester.id })
  await fill('his-live', his)
  expect((await stream.next(change))?.data).toMatchObject({ subject: 'jar:his-live' })
})

it('tells those within the house what has moved, though nothing was recorded, and nobody else', async () => {
  const address = await serve()
  const inner = await open(address)
  await inner.next(ready)
  reader = () => requester
  const outer = await open(address)
  await outer.next(ready)
  house.platform.moved(['jar:moved'])
  expect((await inner.next((m) => m.event === 'moved'))?.data).toEqual(['jar:moved'])
  await fill('his', { audience: 'requester', owner: requester.id })
  expect((await outer.next((m) => m.event === 'moved' || change(m)))?.event).toBe('change')
})

/** As many heartbeats as it takes until the next look at the reader is over. */
const lookedAgain = () => new Promise((done) => setTimeout(done, 200))

it('shows only what the present role may see to somebody whose role was changed meanwhile', async () => {
  const stream = await open(await serve())
  await stream.next(ready)
  reader = () => requester
  await lookedAgain()
  await fill('secret')
  await fill('his', { audience: 'requester', owner: requester.id })
  expect((await stream.next(change))?.data).toMatchObject({ subject: 'jar:his' })
})

it.each([
  ['a key that was revoked', () => new AppError('unauthenticated', 'This key was revoked.')],
  ['somebody who was signed out', () => null],
])('ends for %s', async (_who, refusal) => {
  const stream = await open(await serve())
  await stream.next(ready)
  reader = () => {
    const error = refusal()
    if (error) throw error
    return { kind: 'nobody' }
  }
  expect(await stream.next(change)).toBeNull()
})

it('goes on while the database is away and nobody can be looked up', async () => {
  const stream = await open(await serve())
  await stream.next(ready)
  reader = () => {
    throw new Error('connect ECONNREFUSED')
  }
  await lookedAgain()
  reader = () => responder
  await fill('after the outage')
  expect((await stream.next(change))?.data).toMatchObject({ subject: 'jar:after the outage' })
})

it('ends when the past cannot be read, so that the reader comes again', async () => {
  const pool = createPool('postgres://nobody@127.0.0.1:1/none', 1, house.platform.log)
  closing.push(() => pool.end())
  const address = await serve({ ...house.platform, db: createDb(pool) })
  await expect(open(address, '1.1')).rejects.toThrow('fetch failed')
})

it('tells who was away for more than 5,000 events to read everything anew', async () => {
  const address = await serve()
  await house.feed.catchUp()
  const place = (await (await open(address)).next(hello))?.id
  await fill('one')
  await sql`
    insert into events (id, at, type, actor_kind, actor_id, actor_name, subject, about, audience, data)
    select gen_random_uuid(), at, type, actor_kind, actor_id, actor_name, 'jar:many', about, audience, data
    from (select * from events order by xid desc, seq desc limit 1) e, generate_series(1, 5100)`.execute(
    house.platform.db,
  )
  await house.feed.catchUp()
  const stream = await open(address, place)
  expect(await stream.next((m) => m.event === 'reset')).toMatchObject({ id: expect.stringMatching(/^\d+\.\d+$/) })
})

it('tells who comes with a place of another log (one that was restored since) to read everything anew', async () => {
  const address = await serve()
  await house.feed.catchUp()
  const stream = await open(address, '99999999999.1')
  const reset = await stream.next((m) => m.event === 'reset')
  expect(reset?.id).toMatch(/^\d+\.\d+$/)
  await stream.next(ready)
  await fill('after the restore')
  expect((await stream.next(change))?.data).toMatchObject({ subject: 'jar:after the restore' })
})

it('says every few seconds that it is there, in a way that a page can hear', async () => {
  const stream = await open(await serve())
  expect(await stream.next((m) => m.event === 'beat')).toEqual({ event: 'beat', data: {} })
})

it('ends when the server stops, which does not wait for it', async () => {
  const app = Fastify({ forceCloseConnections: 'idle' })
  mountStream(app, house.platform, house.feed, async () => responder)
  const stream = await open(await app.listen({ port: 0, host: '127.0.0.1' }))
  await stream.next(ready)
  await app.close()
  expect(await stream.next(change)).toBeNull()
})

it('cuts off a reader that takes nothing, and keeps no more than a bounded part for it', async () => {
  const subscribers = new Set<Subscriber>()
  const feed: Feed = {
    ...house.feed,
    subscribe(one) {
      subscribers.add(one)
      return () => subscribers.delete(one)
    },
  }
  const address = new URL(await serve(house.platform, feed))
  const socket = connect(Number(address.port), address.hostname)
  await once(socket, 'connect')
  socket.pause()
  socket.write('GET /api/events/stream HTTP/1.1\r\nHost: x\r\n\r\n')
  await expect.poll(() => subscribers.size).toBe(1)
  const event = {
    xid: '1',
    seq: 1,
    id: crypto.randomUUID(),
    at: house.clock.now(),
    type: 'jar.filled',
    actor_kind: 'system',
    actor_id: null,
    actor_name: 'Watchfloor',
    subject: `jar:${'x'.repeat(10_000)}`,
    about: [],
    team_id: null,
    audience: 'internal' as const,
    data: {},
    cause: null,
  }
  // What the kernel holds for a connection is some megabytes.
  for (let sent = 0; sent < 10_000 && subscribers.size > 0; sent += 20) {
    for (const { take } of subscribers) take(Array.from({ length: 20 }, () => event))
    await new Promise((done) => setImmediate(done))
  }
  expect(subscribers.size).toBe(0)
  socket.destroy()
})
