import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../test/harness/house.ts'
import { filled, fillJar, requester, responder, toy } from '../../test/harness/toy.ts'
import { system } from './access.ts'
import { pendingEvent, writeEvents } from './events.ts'
import { endOfLog, readAfter } from './feed.ts'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse(toy)
})
afterAll(() => house.close())

const pending = (jar: string) =>
  pendingEvent(filled, { subject: `jar:${jar}`, data: { jar, count: 1 } }, house.clock.now(), system, null)

describe('readers of the log', () => {
  it('never skip an event that committed late, though its number is lower', async () => {
    const start = await endOfLog(house.platform.db)
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let written = () => {}
    const slowHasWritten = new Promise<void>((resolve) => {
      written = resolve
    })
    const slow = house.platform.db.transaction().execute(async (tx) => {
      await writeEvents(tx as never, [pending('slow')])
      written()
      await held
    })
    await slowHasWritten
    await house.platform.db.transaction().execute((tx) => writeEvents(tx as never, [pending('fast')]))
    const early = await readAfter(house.platform.db, start, 100)
    expect(early.map((e) => e.subject)).toEqual([])
    release()
    await slow
    // Polled: a transaction of another test on the same server also holds readers back, for as long as it runs.
    await expect
      .poll(async () => (await readAfter(house.platform.db, start, 100)).map((e) => e.subject).sort())
      .toEqual(['jar:fast', 'jar:slow'])
  })

  it('go by the numbers of transactions, not by their digits', async () => {
    const jars = ['8', '9', '10', '11']
    await house.platform.db.transaction().execute((tx) =>
      writeEvents(
        tx as never,
        jars.map((n) => pending(`digit-${n}`)),
      ),
    )
    for (const n of jars)
      await sql`update events set xid = ${n}::xid8 where subject = ${`jar:digit-${n}`}`.execute(house.platform.db)
    const read: string[] = []
    for (let place = { xid: '7', seq: 0 }; ; ) {
      const [event] = await readAfter(house.platform.db, place, 1)
      if (!event?.subject.startsWith('jar:digit-')) break
      read.push(event.subject)
      place = { xid: event.xid, seq: event.seq }
    }
    expect(read).toEqual(jars.map((n) => `jar:digit-${n}`))
    await sql`delete from events where subject like 'jar:digit-%'`.execute(house.platform.db)
  })

  it('hands each subscriber what he may see, and no more', async () => {
    await house.feed.catchUp()
    const seen: Record<string, string[]> = { responder: [], requester: [] }
    const moved = () => undefined
    const stop = [
      house.feed.subscribe({
        moved,
        actor: responder,
        take: (es) => seen.responder?.push(...es.map((e) => e.subject)),
      }),
      house.feed.subscribe({
        moved,
        actor: requester,
        take: (es) => seen.requester?.push(...es.map((e) => e.subject)),
      }),
    ]
    await house.execute(fillJar, responder, { jar: 'internal' })
    await house.execute(fillJar, responder, {
      jar: 'of-another',
      audience: 'requester',
      owner: '0198c1f0-0000-7000-8000-00000000000f',
    })
    await house.execute(fillJar, responder, {
      jar: 'own',
      audience: 'requester',
      owner: requester.kind === 'user' ? requester.id : '',
    })
    await house.feed.catchUp()
    for (const s of stop) s()
    expect(seen.responder).toEqual(['jar:internal', 'jar:of-another', 'jar:own'])
    expect(seen.requester).toEqual(['jar:own'])
  })
})
