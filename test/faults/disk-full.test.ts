import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FloorItem } from '../harness/floor.ts'
import { until } from '../harness/patience.ts'
import { type SmallDisk, startOnSmallDisk } from '../harness/small-disk.ts'
import { connectTool, type Tool } from '../harness/tool.ts'

/** The real program with its own PostgreSQL on a small disk of its own, which fills up and is cleared again. */

const password = 'correct horse battery staple'
const email = 'marta@harbour-bank.example'

let disk: SmallDisk
let tool: Tool
let cookie: string
const open = async () => {
  disk = await startOnSmallDisk(350, { ADMIN_EMAIL: email, ADMIN_PASSWORD: password })
  await disk.server.ready()
  tool = await connectTool(disk.server)
  const answer = await signIn()
  expect(answer.status, await answer.clone().text()).toBe(200)
  cookie = answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
}
const close = async () => {
  await disk.server.kill()
  disk.remove()
}

const signIn = () =>
  fetch(`${disk.server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: disk.server.url },
    body: JSON.stringify({ email, password }),
  })
const asMarta = (path: string) => fetch(`${disk.server.url}/api${path}`, { headers: { cookie } })
const onTheFloor = async () => {
  const answer = await asMarta('/health')
  return ((await answer.json()) as { items: FloorItem[] }).items.find((i) => i.what === 'Disk')
}
const refusals = () => tool.refused.map((r) => `${r.status} ${r.retryAfter} ${r.detail}`)
const diskIsFull =
  'The disk of the database is full, so nothing can be kept. Nothing was done; it goes on by itself once an administrator has made room.'

describe('a full disk of the data folder', () => {
  beforeEach(open)
  afterEach(close)

  it('is answered and told on the floor while the rest can be read; with room it goes on, and nothing accepted is lost', async () => {
    expect(await tool.send()).toBe(202)
    expect(await onTheFloor()).toMatchObject({
      state: expect.stringMatching(/bad|warn/),
      detail: expect.not.stringContaining('nothing more can be kept'),
    })

    disk.fill()
    const details = 'x'.repeat(20_000)
    await until('a signal is refused', async () => (await tool.send({ details })) === 503)
    for (let i = 0; i < 20; i++) await tool.send({ details })
    expect(new Set(refusals())).toEqual(new Set([`503 30 ${diskIsFull}`]))
    expect(await onTheFloor()).toMatchObject({ state: 'bad', detail: expect.stringMatching(/is full: .*Make room/) })
    for (const path of ['/me', '/alerts', '/tickets']) expect((await asMarta(path)).status).toBe(200)
    expect((await fetch(`${disk.server.url}/healthz`)).status).toBe(200)
    const written = await disk.server.api('POST', '/tickets', {
      title: 'x'.repeat(150),
      description: 'y'.repeat(19_000),
    })
    expect([201, 503]).toContain(written.status)

    disk.makeRoom()
    await until('signals are taken again', async () => (await tool.send({ details })) === 202)
    await until('each accepted signal is an alert', async () => (await tool.lost()).length === 0)
    expect((await signIn()).status).toBe(200)
    expect(await onTheFloor()).toMatchObject({ detail: expect.not.stringContaining('nothing more can be kept') })
    expect(disk.server.child.exitCode).toBeNull()
  }, 60_000)

  it('that takes PostgreSQL down does not take the program down: it says why, and both come back with room', async () => {
    for (let i = 0; i < 20; i++) await tool.send()
    disk.fill()
    await writeAheadLogOverflows()
    await until('PostgreSQL is away', async () => (await fetch(`${disk.server.url}/readyz`)).status === 503)
    await until('the program says why', async () => disk.server.output().includes('the disk is full on which'))
    expect(await tool.send()).toBe(503)
    expect(refusals().at(-1)).toBe(`503 30 ${diskIsFull}`)
    expect(await (await asMarta('/health')).json()).toMatchObject({ status: 503, detail: diskIsFull })
    expect((await fetch(`${disk.server.url}/healthz`)).status).toBe(200)

    disk.makeRoom()
    await until('signals are taken again', async () => (await tool.send()) === 202)
    await until('each accepted signal is an alert', async () => (await tool.lost()).length === 0)
    expect((await asMarta('/me')).status).toBe(200)
    expect(tool.accepted.length).toBeGreaterThanOrEqual(21)
  }, 60_000)
})

it('a disk that is full at the start ends the start with a sentence, and no stack', async () => {
  const late = await startOnSmallDisk(12)
  await expect(late.server.ready()).rejects.toThrow(/No space left on device|no space left|disk is full/i)
  expect(late.server.child.exitCode).toBe(1)
  expect(late.server.output()).not.toMatch(/\n\s+at /)
  late.remove()
})

/** Uses up the prepared files of the write-ahead log, so that the next one has no room: PostgreSQL stops then. */
const writeAheadLogOverflows = async () => {
  const client = new pg.Client({
    host: join(disk.folder, 'postgres/run'),
    user: 'watchfloor',
    database: 'watchfloor',
  })
  client.on('error', () => undefined)
  await client.connect()
  const overflow = async () => {
    for (let i = 0; i < 100; i++) {
      await client.query(`select pg_logical_emit_message(false, 'test', 'x')`)
      await client.query('select pg_switch_wal()')
    }
  }
  await expect(overflow()).rejects.toThrow()
  await client.end().catch(() => undefined)
}
