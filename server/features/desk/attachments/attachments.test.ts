import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesIn } from '../../../../test/harness/attachments.ts'
import { type DeskHouse, deskHouse } from '../../../../test/harness/desk.ts'
import { gif, png, svg } from '../../../../test/harness/files.ts'

let house: DeskHouse
let files: ReturnType<typeof filesIn>
beforeAll(async () => {
  house = await deskHouse({ env: { ATTACHMENT_MAX_MB: '1', ATTACHMENTS_PER_TICKET_MB: '2' } })
  files = filesIn(house)
})
afterAll(() => house.close())

const open = async (who: 'laurent' | 'brandt' | 'priya', attachments: string[] = []) => {
  const { status, body } = await house.as(who)('POST', '/tickets', {
    title: 'No prices',
    attachments,
    ...(who === 'priya' ? { requesterId: house.cast.laurent.id } : {}),
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.ticket.number as string
}
const read = async (who: 'laurent' | 'brandt' | 'priya', number: string) =>
  (await house.as(who)('GET', `/tickets/${number}`)).body
const MEGA = 1_000_000

describe('a file', () => {
  it('goes with what is reported, with a reply and with a note, and each is served to whom it is for', async () => {
    const [first, second, third] = [
      await files.send('laurent', 'blotter.png', png()),
      await files.send('priya', 'look here.txt', 'try F5'),
      await files.send('priya', 'internal.txt', 'he is wrong'),
    ]
    const number = await open('laurent', [first])
    const priya = house.as('priya')
    const replied = await priya('POST', `/tickets/${number}/replies`, { body: 'Try this', attachments: [second] })
    expect(replied.body.message.attachments).toEqual([
      { id: second, name: 'look here.txt', type: 'text/plain', bytes: 6, width: null, height: null, removed: false },
    ])
    const noted = await priya('POST', `/tickets/${number}/notes`, { body: 'See', attachments: [third] })
    expect(noted.status).toBe(200)

    const forDesk = await read('priya', number)
    expect(forDesk.attachments).toMatchObject([{ id: first, width: 3, height: 2 }])
    expect(forDesk.messages.map((m: { attachments: { id: string }[] }) => m.attachments.map((a) => a.id))).toEqual([
      [second],
      [third],
    ])
    const forLaurent = await read('laurent', number)
    expect(JSON.stringify(forLaurent)).not.toContain('internal.txt')
    expect(forLaurent.messages[0].attachments).toMatchObject([{ name: 'look here.txt' }])
    const told = (await house.as('laurent')('GET', `/tickets/${number}/timeline`)).body.items
    expect(JSON.stringify(told)).toContain('blotter.png')
    expect(JSON.stringify(told)).not.toContain('internal.txt')

    const got = async (who: string, id: string) => (await files.ask(who, 'GET', `/${id}`)).status
    expect([await got('laurent', first), await got('laurent', second), await got('laurent', third)]).toEqual([
      200, 200, 404,
    ])
    expect([await got('priya', first), await got('priya', third), await got('key', third)]).toEqual([200, 200, 200])
    expect([await got('brandt', first), await got('brandt', second), await got('brandt', third)]).toEqual([
      404, 404, 404,
    ])
    expect(await got('nobody', first)).toBe(401)
  })

  it('that is not for me looks the same as one that is not there', async () => {
    const id = await files.send('laurent', 'mine.txt', 'mine')
    const there = await files.ask('brandt', 'GET', `/${id}`)
    const not = await files.ask('brandt', 'GET', `/${crypto.randomUUID()}`)
    const { requestId: _, ...problem } = there.body
    expect(not.body).toMatchObject(problem)
    expect((await files.ask('brandt', 'DELETE', `/${id}`)).status).toBe(404)
    expect((await files.ask('brandt', 'GET', '/../../secret.key')).status).toBe(404)
  })

  it('is saved and never shown as a page: the name is data, the kind is that of its bytes', async () => {
    const id = await files.send('laurent', '../../x <b>.svg', svg)
    await open('laurent', [id])
    for (const who of ['laurent', 'priya']) {
      const { headers, bytes } = await files.ask(who, 'GET', `/${id}`)
      expect(headers).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment; filename="x _b_.svg"',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      })
      expect(bytes.toString()).toBe(svg)
      expect((await files.ask(who, 'GET', `/${id}/preview`)).status).toBe(415)
    }
  })

  it('is shown when it is a picture by its bytes, with the type that we know, whatever it is called', async () => {
    const id = await files.send('laurent', 'page.html', gif)
    const { status, headers } = await files.ask('laurent', 'GET', `/${id}/preview`)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'image/gif',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
  })

  it('is attached once, by the one who sent it', async () => {
    const id = await files.send('laurent', 'a.txt', 'a')
    const stolen = await house.as('brandt')('POST', '/tickets', { title: 'Mine', attachments: [id] })
    expect(stolen).toMatchObject({ status: 422, body: { fields: [{ field: 'attachments' }] } })
    const number = await open('laurent', [id, id])
    const again = await house.as('laurent')('POST', `/tickets/${number}/replies`, { body: 'x', attachments: [id] })
    expect(again.status).toBe(422)
    // Nothing half: the reply that named it was not kept either.
    expect((await read('laurent', number)).messages).toEqual([])
  })

  it('that is empty, without a name, or sent without the right to reply is refused and leaves nothing', async () => {
    const before = files.onDisk()
    expect((await files.ask('laurent', 'POST', '?name=a', '')).body.detail).toContain('empty')
    expect((await files.ask('laurent', 'POST', '?name=')).status).toBe(422)
    expect((await files.ask('laurent', 'POST', '', 'x')).body.fields[0].field).toBe('name')
    expect((await files.ask('nobody', 'POST', '?name=a', 'x')).status).toBe(401)
    expect(files.onDisk()).toEqual(before)
  })

  it('is larger than what is taken, or too much for one ticket or one person: refused in a sentence', async () => {
    const most = Buffer.alloc(MEGA)
    expect((await files.ask('laurent', 'POST', '?name=a', Buffer.alloc(MEGA + 1))).body.detail).toContain(
      'larger than 1 MB',
    )
    const number = await open('priya')
    const reply = async () =>
      house.as('priya')('POST', `/tickets/${number}/replies`, {
        body: 'x',
        attachments: [await files.send('priya', 'a.bin', most)],
      })
    expect([(await reply()).status, (await reply()).status]).toEqual([200, 200])
    expect((await reply()).body.fields[0].problem).toContain('a ticket holds 2 MB')
    // One lies there unattached already.
    await files.send('priya', 'b.bin', most)
    expect((await files.ask('priya', 'POST', '?name=c', most)).status).toBe(429)
  })
})

describe('removing', () => {
  it('is the desk’s on a ticket; that there was one stays, and the bytes go', async () => {
    const id = await files.send('laurent', 'password.png', png())
    const number = await open('laurent', [id])
    expect((await files.ask('laurent', 'DELETE', `/${id}`)).status).toBe(403)
    expect(files.onDisk()).toContain(id)
    expect((await files.ask('priya', 'DELETE', `/${id}`)).status).toBe(200)
    await house.settle()
    expect(files.onDisk()).not.toContain(id)
    expect((await files.ask('priya', 'GET', `/${id}`)).status).toBe(404)
    expect((await read('laurent', number)).attachments).toMatchObject([{ name: 'password.png', removed: true }])
    const { items } = (await house.as('priya')('GET', `/tickets/${number}/timeline`)).body
    expect(items.at(-1).data.attachments ?? items.at(-2).data.attachments).toMatchObject([{ id, removed: true }])
    expect(items[0].text).toBe(`Priya Nair removed the file password.png from ${number}.`)
  })

  it('happens by itself a day after what was never attached; what is attached stays', async () => {
    const loose = await files.send('brandt', 'loose.txt', 'x')
    const kept = await files.send('brandt', 'kept.txt', 'x')
    await open('brandt', [kept])
    await house.jump({ hours: 23 })
    expect(files.onDisk()).toContain(loose)
    await house.jump({ hours: 2 })
    expect(files.onDisk()).not.toContain(loose)
    expect(files.onDisk()).toContain(kept)
    const late = await house.as('brandt')('POST', '/tickets', { title: 'Late', attachments: [loose] })
    expect(late.body.fields[0].problem).toContain('not there any more')
  })
})
