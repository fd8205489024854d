import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { filesIn } from '../../../../test/harness/attachments.ts'
import { type DeskHouse, deskHouse } from '../../../../test/harness/desk.ts'
import { until } from '../../../../test/harness/patience.ts'

/** Uploads over a real line, from senders who do not stop. */

const GIGA = 2 ** 30
let house: DeskHouse
let url: string
let files: ReturnType<typeof filesIn>
beforeAll(async () => {
  house = await deskHouse({ env: { ATTACHMENT_MAX_MB: '5' } })
  url = await house.listen()
  files = filesIn(house)
})
afterAll(() => house.close())

const start = (headers: Record<string, string | number>): ClientRequest =>
  request(`${url}/api/attachments?name=film.mkv`, {
    method: 'POST',
    headers: { authorization: 'Bearer laurent', ...headers },
  })

const answerOf = async (sent: ClientRequest) => {
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: answer.statusCode, body: (await json(answer)) as { detail: string } }
}

const rows = async () =>
  (await house.platform.db.selectFrom('attachments').selectAll().where('state', '=', 'uploading').execute()).length

it('refuses 2 GB that are announced before a byte of them is sent', async () => {
  const sent = start({ 'content-length': 2 * GIGA })
  sent.on('error', () => undefined)
  sent.flushHeaders()
  const { status, body } = await answerOf(sent)
  expect(status).toBe(413)
  expect(body.detail).toBe('The file is larger than 5 MB, which is the most that is taken.')
  sent.destroy()
  expect(files.onDisk()).toEqual([])
  expect(await rows()).toBe(0)
})

it('stops 2 GB that are not announced soon after the cap, and keeps nothing of them', async () => {
  const sent = start({ 'transfer-encoding': 'chunked' })
  let over = false
  let bytes = 0
  sent.on('error', () => {
    over = true
  })
  const answer = answerOf(sent).finally(() => {
    over = true
  })
  const block = Buffer.alloc(256 * 1024, 1)
  while (!over && bytes < 2 * GIGA) {
    bytes += block.length
    if (!sent.write(block)) await Promise.race([once(sent, 'drain'), answer]).catch(() => undefined)
  }
  expect((await answer).status).toBe(413)
  sent.destroy()
  // What was under way when the answer was written; far from all of it.
  expect(bytes).toBeLessThan(GIGA / 4)
  expect(files.onDisk()).toEqual([])
  expect(await rows()).toBe(0)
})

it('keeps nothing of a file whose sender goes away in the middle', async () => {
  const sent = start({ 'content-length': 4_000_000 })
  sent.on('error', () => undefined)
  sent.write(Buffer.alloc(1_000_000))
  await until('its beginning lies there', async () => files.onDisk().some((name) => name.endsWith('.part')))
  sent.destroy()
  await until('it is gone', async () => files.onDisk().length === 0 && (await rows()) === 0)
})

it('takes one of just the most that is taken, and says what it is', async () => {
  const sent = start({ 'content-length': 5_000_000 })
  sent.end(Buffer.alloc(5_000_000, 'x'))
  const { status, body } = await answerOf(sent)
  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'film.mkv', bytes: 5_000_000, type: 'text/plain' })
  expect(files.onDisk()).toHaveLength(1)
})
