import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { type SmtpSink, startSmtpSink } from '../../../test/harness/smtp-sink.ts'
import { plan } from '../../app.ts'
import { type Actor, system } from '../../platform/access.ts'
import { claimDue } from '../../platform/due.ts'
import { ref } from '../../platform/events.ts'
import { transact } from '../../platform/transact.ts'
import { verb } from '../../platform/verb.ts'
import { createUser } from '../identity/index.ts'
import { addMethod } from './add-method.ts'
import { setRules, testMethod } from './change-methods.ts'
import { showDeliveryTimes } from './delivery-times.ts'
import { methodAdded } from './events.ts'
import { deliveriesOf } from './queries.ts'
import { sendDelivery } from './send.ts'
import { stopTelling, tellUser } from './tell.ts'
import { verifyMethod } from './verify-method.ts'

let sink: SmtpSink
let house: TestHouse
let priya: Actor & { kind: 'user' }

const tell = verb('test.tell', {
  permission: 'system',
  input: z.object({
    userId: z.string(),
    title: z.string(),
    subject: z.string(),
    priority: z.enum(['P1', 'P2', 'P3']).default('P2'),
    class: z.enum(['page', 'conversation']).default('page'),
  }),
  async run(ctx, { userId, title, subject, priority, class: kind }) {
    ctx.record(methodAdded, { subject, data: { channel: 'test', address: 'test', label: 'test' } })
    return tellUser(ctx, {
      userId,
      class: kind,
      urgency: 'high',
      subject,
      about: ['ticket:1'],
      reason: 'You are on call.',
      message: { title, lines: ['It does not answer.'], priority },
      act: {
        label: 'Open and acknowledge',
        run: { name: 'page.respond' },
        input: { pageId: randomUUID() },
        readable: [subject],
        expiresAt: ctx.now().add({ hours: 1 }),
      },
    })
  },
})
const stop = verb('test.stop', {
  permission: 'system',
  input: z.object({ subject: z.string() }),
  async run(ctx, { subject }) {
    return ctx.unchanged(await stopTelling(ctx, subject))
  },
})

beforeEach(async () => {
  sink = await startSmtpSink()
  house = await testHouse(
    { ...plan, features: [...plan.features, { name: 'test', verbs: [tell, stop] }] },
    { env: { SMTP_URL: sink.url, ROLES: 'web' } },
  )
  priya = { kind: 'user', id: randomUUID(), name: 'Priya N.', role: 'responder', teams: [] }
  const now = house.clock.now()
  await house.platform.db
    .insertInto('users')
    .values({
      id: priya.id,
      name: priya.name,
      email: 'priya@bank.example',
      role: 'responder',
      created_at: now,
      updated_at: now,
    })
    .execute()
})
afterEach(async () => {
  await house.close()
  await sink.stop()
})

const subject = ref('page', '1')
const tellPriya = (
  more: Partial<{ title: string; subject: string; priority: 'P1' | 'P2' | 'P3'; class: 'page' | 'conversation' }> = {},
) => house.execute(tell, system, { userId: priya.id, title: 'Order entry is down', subject, ...more })

const verifiedMethod = async (address: string) => {
  const method = await house.execute(addMethod, priya, { channel: 'mail', config: { address } })
  await house.settle()
  const code =
    (await sink.expectMail({ to: address, subject: 'Your code for Watchfloor' })).text.match(/code is (\d{6})/)?.[1] ??
    ''
  await house.execute(verifyMethod, priya, { id: method.id, code })
  return method.id
}

/** Rules: first@bank.example at once, second@bank.example later. */
const firstThenSecond = async ({ afterMinutes }: { afterMinutes: number }) => {
  const first = await verifiedMethod('first@bank.example')
  const second = await verifiedMethod('second@bank.example')
  await house.execute(setRules, priya, {
    urgency: 'high',
    rules: [
      { methodId: first, afterMinutes: 0 },
      { methodId: second, afterMinutes },
    ],
  })
}

describe('how the messages of the last hour fared', () => {
  it('is told by channel and class: how many, and how long it took to hand them over', async () => {
    await firstThenSecond({ afterMinutes: 5 })
    await house.jump({ hours: 2 })
    await tellPriya()
    await house.settle()
    await sink.expectMail({ to: 'first@bank.example' })
    const { items } = await house.ask(showDeliveryTimes, system, {})
    expect(items).toEqual([
      {
        channel: 'mail',
        class: 'page',
        sent: 1,
        failed: 0,
        waiting: 0,
        p50: expect.any(Number),
        p99: expect.any(Number),
      },
    ])
    expect(items[0]?.p50).toBeLessThan(60_000)
  })
})

describe('a contact method', () => {
  it('is proved by the code that was sent to it, and then pages go there with a link', async () => {
    const method = await house.execute(addMethod, priya, {
      channel: 'mail',
      config: { address: 'priya.phone@bank.example' },
    })
    expect(method).toMatchObject({ verifiedAt: null, codeSentAt: true, address: 'priya.phone@bank.example' })
    await house.settle()
    const mail = await sink.expectMail({ to: 'priya.phone@bank.example' })
    const code = mail.text.match(/code is (\d{6})/)?.[1] ?? ''
    const wrong = code === '000000' ? '111111' : '000000'
    expect((await house.execute(verifyMethod, priya, { id: method.id, code: wrong })).wrong).toContain(
      '4 tries are left',
    )
    expect((await house.execute(verifyMethod, priya, { id: method.id, code })).method.verifiedAt).not.toBeNull()
    await tellPriya()
    await house.settle()
    const page = await sink.expectMail({ to: 'priya.phone@bank.example', subject: 'P2: Order entry is down' })
    expect(page.text).toMatch(/Open and acknowledge: http:\/\/localhost:9282\/ack\/[0-9a-f]{32}\.[\w-]{43}/)
    sink.expectNothingElse()
  })

  it('is locked after five wrong codes, and by time', async () => {
    const method = await house.execute(addMethod, priya, { channel: 'mail', config: { address: 'x@bank.example' } })
    await house.settle()
    const code = (await sink.expectMail({})).text.match(/code is (\d{6})/)?.[1] ?? ''
    const wrong = code === '000000' ? '111111' : '000000'
    for (let i = 0; i < 5; i++) await house.execute(verifyMethod, priya, { id: method.id, code: wrong })
    await expect(house.execute(verifyMethod, priya, { id: method.id, code })).rejects.toMatchObject({
      code: 'too_many',
    })
  })

  it('of somebody else cannot be used, and its configuration and code stand nowhere in the clear', async () => {
    const method = await house.execute(addMethod, priya, {
      channel: 'mail',
      config: { address: 'secret-place@bank.example' },
    })
    const other: Actor = { ...priya, id: randomUUID() }
    await expect(house.execute(testMethod, other, { id: method.id })).rejects.toMatchObject({ code: 'not_found' })
    const row = await house.platform.db.selectFrom('contact_methods').select('config').executeTakeFirstOrThrow()
    expect(row.config).not.toContain('secret-place')
    await house.settle()
    const code = (await sink.expectMail({})).text.match(/code is (\d{6})/)?.[1] ?? ''
    for (const table of ['events', 'deliveries', 'contact_verifications'] as const) {
      expect(JSON.stringify(await house.platform.db.selectFrom(table).selectAll().execute())).not.toContain(code)
    }
  })

  it('that is wrong is refused with the field', async () => {
    await expect(
      house.execute(addMethod, priya, { channel: 'mail', config: { address: 'nowhere' } }),
    ).rejects.toMatchObject({ fields: [{ field: 'config.address' }] })
    await expect(house.execute(addMethod, priya, { channel: 'pigeon', config: {} })).rejects.toMatchObject({
      fields: [{ field: 'channel' }],
    })
  })
})

describe('an invitation', () => {
  it('is mailed with its link, once, and the link stands nowhere in the database', async () => {
    const admin: Actor = { kind: 'user', id: priya.id, name: 'Priya N.', role: 'admin', teams: [] }
    await house.execute(createUser, admin, { name: 'Tom M.', email: 'tom@bank.example', role: 'responder' })
    await house.settle()
    const mail = await sink.expectMail({ to: 'tom@bank.example', subject: 'Priya N. invites you to Watchfloor' })
    const token = mail.text.match(/\/welcome\/(\S+)/)?.[1] ?? 'none'
    expect(mail.text).toMatch(/The link works once, until \w+,? \d+ \w+,? (at )?\d\d:\d\d/)
    for (const table of ['events', 'deliveries', 'invitations', 'due'] as const) {
      expect(JSON.stringify(await house.platform.db.selectFrom(table).selectAll().execute())).not.toContain(token)
    }
    sink.expectNothingElse()
  })
})

describe('telling a person', () => {
  it('falls to the address of the account when there is no rule, and says so', async () => {
    const told = await tellPriya()
    expect(told.deliveries).toHaveLength(1)
    await house.settle()
    await sink.expectMail({ to: 'priya@bank.example' })
    const [delivery] = await deliveriesOf(house.platform.db, subject)
    expect(delivery?.reason).toContain('as a last resort')
  })

  it('survives an hour without a mail server: nothing is lost, and each attempt is seen', async () => {
    await sink.behave({ down: true })
    await tellPriya()
    await house.advance({ hours: 1 })
    const [waiting] = await deliveriesOf(house.platform.db, subject)
    expect(waiting?.state).toBe('queued')
    expect(waiting?.lastError).toContain('could not be reached')
    expect(waiting?.attempts.length).toBeGreaterThan(30)
    await sink.behave({})
    await house.advance({ minutes: 1 })
    await sink.expectMail({ to: 'priya@bank.example' })
    expect((await deliveriesOf(house.platform.db, subject))[0]?.state).toBe('sent')
    sink.expectNothingElse()
  })

  it('marks what may have arrived twice: a crash between the server’s yes and our commit', async () => {
    await tellPriya()
    const { db } = house.platform
    const lease = randomUUID()
    const { rows } = await claimDue(db, house.clock.now(), lease, { rest: 50, ordinary: 50, flood: 50 })
    const row = rows.find((r) => r.verb === 'delivery.send')
    // What the process did before it was killed: begin, perform, no settle.
    const work = await transact(
      house.platform,
      { actor: system, scope: { rows: 'all', userId: null, teamIds: [], ids: [], internal: true } },
      (ctx) => sendDelivery.begin(ctx, row?.input as { id: string }),
    )
    if (work) await sendDelivery.perform(work, { platform: house.platform, signal: new AbortController().signal })
    await sink.expectMail({ to: 'priya@bank.example' })
    await db.updateTable('due').set({ lease: null, lease_until: null }).execute()
    await house.settle()
    const again = await sink.expectMail({ to: 'priya@bank.example' })
    expect(again.text).toContain('may have received this message before')
    const [delivery] = await deliveriesOf(db, subject)
    expect(delivery).toMatchObject({ state: 'sent', mayRepeat: true })
    expect(delivery?.attempts.map((a) => a.outcome)).toEqual(['unknown', 'sent'])
  })

  it('passes to the next method at once when one is refused', async () => {
    await firstThenSecond({ afterMinutes: 10 })
    await sink.behave({ refuse: { 'first@bank.example': '550 no such user' } })
    await tellPriya()
    await house.settle()
    await sink.expectMail({ to: 'second@bank.example' })
    const states = (await deliveriesOf(house.platform.db, subject)).map((d) => [d.address, d.state])
    expect(states).toEqual([
      ['first@bank.example', 'failed'],
      ['second@bank.example', 'sent'],
    ])
  })

  it('follows the rules in time, and stops when told to', async () => {
    await firstThenSecond({ afterMinutes: 5 })
    await tellPriya()
    await house.advance({ minutes: 4 })
    await sink.expectMail({ to: 'first@bank.example' })
    sink.expectNothingElse()
    expect(await house.execute(stop, system, { subject })).toBe(1)
    await house.advance({ minutes: 10 })
    sink.expectNothingElse()
  })

  it('puts a storm into few messages, the most urgent first, and holds no P1 back', async () => {
    const page = (i: number) =>
      tellPriya({ title: `Service ${i}`, subject: ref('page', String(i)), priority: i === 9 ? 'P1' : 'P2' })
    await page(0)
    await house.settle()
    await sink.expectMail({ subject: 'P2: Service 0' })
    for (let i = 1; i < 14; i++) await page(i)
    await house.settle()
    sink.expectNothingElse()
    await house.advance({ seconds: 6 })
    const bundle = await sink.expectMail({ subject: 'P1: 13 incidents need you' })
    expect(bundle.text.indexOf('P1: Service 9')).toBeLessThan(bundle.text.indexOf('P2: Service 1'))
    await house.advance({ minutes: 10 })
    sink.expectNothingElse()
    const states = await house.platform.db.selectFrom('deliveries').select('state').execute()
    expect(states.map((s) => s.state).sort()).toEqual([...Array(12).fill('bundled'), 'sent', 'sent'])
  })

  describe('several pages in one message', () => {
    const page = (i: number) => tellPriya({ title: `Service ${i}`, subject: ref('page', String(i)), priority: 'P1' })
    const pages = async (from: number, to: number) => {
      for (let i = from; i <= to; i++) await page(i)
      await house.settle()
    }
    const states = async () =>
      (await house.platform.db.selectFrom('deliveries').select('state').execute()).map((d) => d.state).sort()
    beforeEach(async () => {
      await pages(0, 0)
      await sink.expectMail({ subject: 'P1: Service 0' })
    })

    it('are all in it again when it is tried again', async () => {
      await pages(1, 3)
      await sink.behave({ refuseData: '451 4.3.0 Try again later' })
      await house.advance({ seconds: 6 })
      sink.expectNothingElse()
      await sink.behave({})
      await house.advance({ minutes: 2 })
      const bundle = await sink.expectMail({ subject: 'P1: 3 incidents need you' })
      for (const i of [1, 2, 3]) expect(bundle.text).toContain(`Service ${i}`)
      expect(await states()).toEqual(['bundled', 'bundled', 'sent', 'sent'])
    })

    it('join a later message when theirs was not sent yet', async () => {
      await pages(1, 2)
      await sink.behave({ refuseData: '451 4.3.0 Try again later' })
      await house.advance({ seconds: 6 })
      await pages(3, 4)
      await house.advance({ seconds: 1 })
      await sink.behave({})
      await house.advance({ minutes: 3 })
      const texts = sink.messages().map((m) => m.text)
      for (const i of [1, 2, 3, 4]) expect(texts.some((text) => text.includes(`Service ${i}`))).toBe(true)
      expect(new Set(await states())).toEqual(new Set(['bundled', 'sent']))
      sink.clear()
    })

    it('are held no longer than the most urgent of them allows, also when it is not the first', async () => {
      await tellPriya({ title: 'Service 1', subject: ref('page', '1'), priority: 'P3' })
      await house.settle()
      await house.advance({ seconds: 6 })
      await pages(2, 2)
      await sink.behave({ refuseData: '451 4.3.0 Try again later' })
      await house.advance({ seconds: 5 })
      const { subject: travels } = await house.platform.db
        .selectFrom('deliveries')
        .select('subject')
        .where('state', '=', 'bundled')
        .executeTakeFirstOrThrow()
      expect(travels).toBe(ref('page', '2'))
      await sink.behave({})
      // One more message to the contact: by itself a P3 would now be held for half a minute.
      await pages(3, 3)
      await house.advance({ seconds: 7 })
      const mail = sink.messages().find(({ subject }) => subject === 'P1: 2 incidents need you')
      expect(mail?.text).toContain('Service 2')
      sink.clear()
    })

    it('fall back each by its own rules when the address is refused for good', async () => {
      await firstThenSecond({ afterMinutes: 10 })
      await house.advance({ minutes: 1 })
      await pages(10, 10)
      await sink.expectMail({ to: 'first@bank.example' })
      sink.clear()
      await pages(11, 13)
      await sink.behave({ refuse: { 'first@bank.example': '550 no such user' } })
      await house.advance({ seconds: 30 })
      const mails = sink.messages()
      for (const i of [11, 12, 13]) expect(mails.some(({ text }) => text.includes(`Service ${i}`))).toBe(true)
      expect(new Set(mails.flatMap(({ to }) => to))).toEqual(new Set(['second@bank.example']))
      sink.clear()
    })

    it('go on without the one that is stopped, also when it was theirs', async () => {
      await pages(1, 3)
      await sink.behave({ refuseData: '451 4.3.0 Try again later' })
      await house.advance({ seconds: 6 })
      const leader = await house.platform.db
        .selectFrom('deliveries')
        .select('subject')
        .where('state', '=', 'queued')
        .executeTakeFirstOrThrow()
      await house.execute(stop, system, { subject: leader.subject })
      await sink.behave({})
      await house.advance({ minutes: 2 })
      await sink.expectMail({ subject: 'P1: 2 incidents need you' })
      expect(await states()).toEqual(['bundled', 'cancelled', 'sent', 'sent'])
    })
  })
})
