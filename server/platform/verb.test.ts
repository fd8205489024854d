import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../test/harness/house.ts'
import { careless, fillJar, forgetful, requester, responder, toy } from '../../test/harness/toy.ts'
import { nobody, system } from './access.ts'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse(toy)
})
afterAll(() => house.close())

const settingsNamed = (name: string) =>
  house.platform.db.selectFrom('settings').selectAll().where('name', '=', name).execute()

describe('a verb', () => {
  it('writes its change, its event and a reaction in one transaction', async () => {
    await house.execute(fillJar, responder, { jar: 'plums', by: 3 })
    const [event] = await house.platform.db
      .selectFrom('events')
      .selectAll()
      .where('subject', '=', 'jar:plums')
      .execute()
    expect(event).toMatchObject({
      type: 'jar.filled',
      actor_kind: 'user',
      actor_name: 'Priya N.',
      data: { jar: 'plums', count: 3 },
    })
    expect(
      await house.platform.db
        .selectFrom('due')
        .select('verb')
        .where('key', '=', `react:jar.notice:${event?.id}`)
        .execute(),
    ).toHaveLength(1)
    await house.settle()
    expect(await settingsNamed(`noticed:${event?.id}`)).toHaveLength(1)
    const [reaction] = await house.platform.db
      .selectFrom('events')
      .selectAll()
      .where('type', '=', 'jar.noticed')
      .where('cause', '=', event?.id ?? '')
      .execute()
    expect(reaction?.actor_kind).toBe('system')
  })

  it('that records no event is refused, and leaves nothing', async () => {
    await expect(house.execute(forgetful, responder, { jar: 'pears' })).rejects.toThrow('recorded no event')
    expect(await settingsNamed('jar:pears')).toHaveLength(0)
  })

  it('that does not look at a narrow row scope is refused, and leaves nothing', async () => {
    await expect(house.execute(careless, requester, { jar: 'figs' })).rejects.toThrow('did not look at its row scope')
    expect(
      await house.platform.db.selectFrom('events').selectAll().where('subject', '=', 'jar:figs').execute(),
    ).toHaveLength(0)
  })

  it('is refused to those whom the table does not name', async () => {
    await expect(house.execute(fillJar, requester, { jar: 'x' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(house.execute(fillJar, nobody, { jar: 'x' })).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(
      house.execute(fillJar, { kind: 'key', id: 'k', name: 'k', scopes: ['alert.*'] }, { jar: 'x' }),
    ).rejects.toThrow('lacks the scope ticket.work')
    await expect(
      house.execute(fillJar, { kind: 'key', id: 'k', name: 'k', scopes: ['ticket.*'] }, { jar: 'x' }),
    ).resolves.toMatchObject({ jar: 'x' })
  })

  it('names the bad field', async () => {
    await expect(house.execute(fillJar, system, { jar: 5 as unknown as string })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ field: 'jar' }],
    })
  })

  it('keeps text with NUL, emoji and markup as data', async () => {
    const name = 'a\u0000b 💥 <script>alert(1)</script>'
    await house.execute(fillJar, responder, { jar: name.replace('\u0000', '') })
    const { writeEvents, pendingEvent } = await import('./events.ts')
    const { filled } = await import('../../test/harness/toy.ts')
    await writeEvents(house.platform.db, [
      pendingEvent(filled, { subject: 'jar:nul', data: { jar: name, count: 1 } }, house.clock.now(), system, null),
    ])
    const [event] = await house.platform.db
      .selectFrom('events')
      .select('data')
      .where('subject', '=', 'jar:nul')
      .execute()
    expect(event?.data).toEqual({ jar: name.replace('\u0000', '\ufffd'), count: 1 })
  })
})

describe('Idempotency-Key', () => {
  it('gives a repeat the first answer, also when both come at once, and refuses another body', async () => {
    const more = { idempotencyKey: 'once' }
    const answers = await Promise.all(
      [1, 2, 3].map(() => house.execute(fillJar, responder, { jar: 'idem', by: 7 }, more)),
    )
    expect(answers).toEqual([1, 2, 3].map(() => ({ jar: 'idem', count: 7, version: 7 })))
    expect(
      await house.platform.db
        .selectFrom('events')
        .selectAll()
        .where('subject', '=', 'jar:idem')
        .where('type', '=', 'jar.filled')
        .execute(),
    ).toHaveLength(1)
    await expect(house.execute(fillJar, responder, { jar: 'idem', by: 8 }, more)).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})
