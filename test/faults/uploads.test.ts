import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { adminKey } from '../harness/process.ts'
import { type SmallDisk, startOnSmallDisk } from '../harness/small-disk.ts'

/** The real program whose files and database share a small disk: files must not be what fills it. */

const MEGA = 1_000_000
let disk: SmallDisk
beforeAll(async () => {
  disk = await startOnSmallDisk(350)
  await disk.server.ready()
})
afterAll(async () => {
  await disk?.server.kill()
  disk?.remove()
})

const send = async (bytes: number) => {
  const answer = await fetch(`${disk.server.url}/api/attachments?name=evidence.log`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}` },
    body: Buffer.alloc(bytes, 'x'),
  })
  return { status: answer.status, body: (await answer.json()) as { id: string; detail: string } }
}
const onDisk = () => {
  const folder = join(disk.folder, 'files')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
}
const opened = async (title: string) => (await disk.server.api('POST', '/tickets', { title })).status

it('is answered 507 with what to do while the disk is nearly full; the rest goes on, and so do files once there is room', async () => {
  const first = await send(MEGA)
  expect(first.status).toBe(201)

  disk.fill(70 * MEGA)
  const refused = await send(20 * MEGA)
  expect(refused.status).toBe(507)
  expect(refused.body.detail).toContain('There is no room for this file')
  expect(onDisk()).toHaveLength(1)
  expect(await opened('There is room for words')).toBe(201)
  const read = await fetch(`${disk.server.url}/api/attachments/${first.body.id}`, {
    headers: { authorization: `Bearer ${adminKey}` },
  })
  expect((await read.arrayBuffer()).byteLength).toBe(MEGA)

  disk.makeRoom()
  expect((await send(20 * MEGA)).status).toBe(201)
  expect(onDisk()).toHaveLength(2)
}, 60_000)
