import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { type SmtpSink, startSmtpSink } from '../../../test/harness/smtp-sink.ts'
import { type Actor, system } from '../../platform/access.ts'
import { changeCalendar } from '../calendars/change-calendar.ts'
import { changePolicy } from '../sla/change-policy.ts'
import { createPolicy } from '../sla/create-policy.ts'
import { deletePolicy } from '../sla/delete-policy.ts'
import { allPolicies } from '../sla/policy.ts'
import { ticketsAtRisk } from './at-risk.ts'
import { changeTicket } from './change.ts'
import { getTicket } from './get.ts'
import { changeMatrix, readMatrix } from './matrix.ts'
import { openByHand } from './open.ts'
import { pendTicket, resumeTicket } from './pend.ts'
import { reopenTicket } from './reopen.ts'
import { replyTicket } from './reply.ts'
import { resolveTicket } from './resolve.ts'
import { ringClocks } from './ring-clocks.ts'
import { readTicketTimeline } from './timeline.ts'

let house: DeskHouse
let mail: SmtpSink
beforeAll(async () => {
  mail = await startSmtpSink()
  house = await deskHouse({ env: { SMTP_URL: mail.url } })
  const { db } = house.platform
  const { markets, lena } = house.cast
  await db.insertInto('team_members').values({ team_id: markets.id, user_id: lena.id, role: 'lead' }).execute()
})
afterAll(async () => {
  await house.close()
  await mail.stop()
})

const admin: Actor = { kind: 'user', id: crypto.randomUUID(), name: 'Ana P.', role: 'admin', teams: [] }
const actor = (who: keyof DeskHouse['cast']['actors']) => house.cast.actors[who]
const open = async (given: object = {}) =>
  (
    await house.execute(openByHand, actor('laurent'), {
      title: 'No prices',
      kind: 'incident',
      serviceId: house.cast.orders.id,
      ...given,
    })
  ).ticket
/** Past everything that is due at once: what comes late is told as late. */
const jump = async (hours: number) => {
  house.clock.set(house.clock.now().add({ hours }))
  await house.settle()
}
/** Priority by hand, so that the story does not rest on the proposal. */
const at = async (priority: 1 | 2 | 3 | 4 | 5, id: string) =>
  (await house.execute(changeTicket, actor('priya'), { id, priority, reason: 'For the test' })).ticket
const clocks = async (id: string) => (await house.ask(getTicket, actor('priya'), { id })).clocks
const clock = async (id: string, name: string) => {
  const found = (await clocks(id)).findLast((c) => c.name === name)
  if (!found) throw new Error(`There is no clock ${name}.`)
  return found
}
const told = async (id: string) =>
  (await house.ask(readTicketTimeline, actor('priya'), { id, limit: 200 })).items
    .filter((e) => e.type.startsWith('sla.'))
    .map((e) => e.text)
    .reverse()
const deliveries = (id: string) =>
  house.platform.db.selectFrom('deliveries').selectAll().where('subject', '=', `ticket:${id}:clocks`).execute()
const standard = async () => (await allPolicies(house.platform.db)).at(-1) as Awaited<ReturnType<typeof allPolicies>>[0]

describe('a ticket that nobody answers', () => {
  it('warns once, is over time once, and tells the lead while nobody has it', async () => {
    await house.clock.set(Temporal.Instant.from('2026-11-23T09:00:00Z'))
    const { id } = await at(3, (await open()).id)
    await house.advance({ minutes: 89 })
    expect(await told(id)).toEqual([])
    await house.advance({ minutes: 1 })
    expect(await told(id)).toEqual(['First response is due 11:00 London (P3: 2 h).'])
    const atRisk = async () => (await house.ask(ticketsAtRisk, actor('priya'), {})).items.map((t) => t.id)
    expect(await atRisk()).toContain(id)
    await jump(3)
    expect(await atRisk()).not.toContain(id)
    expect(await told(id)).toEqual([
      'First response is due 11:00 London (P3: 2 h).',
      'First response is over time: it was due 11:00 London (P3: 2 h).',
    ])
    // Done once more, as after a crash, it tells nothing new.
    await house.execute(ringClocks, system, { id })
    expect(await told(id)).toHaveLength(2)
    const sent = await deliveries(id)
    expect(sent.map((d) => [d.user_id, d.class])).toEqual([
      [house.cast.lena.id, 'conversation'],
      [house.cast.lena.id, 'conversation'],
    ])
    const row = await house.platform.db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(row).toMatchObject({ breached: true, due_clock: 'first_response' })
    const events = await house.platform.db
      .selectFrom('events')
      .select('data')
      .where('type', '=', 'sla.breached')
      .where('subject', '=', `ticket:${id}`)
      .execute()
    expect(events[0]?.data).toMatchObject({ ticketId: id, clock: 'first_response', onReclass: false, priority: 3 })
  })
})

describe('the update clock', () => {
  it('starts with a word of the requester and ends with one of the desk; a program answers nobody', async () => {
    const { id } = await at(3, (await open()).id)
    const say = (who: keyof DeskHouse['cast']['actors'], body: string) =>
      house.execute(replyTicket, actor(who), { id, body })
    await say('laurent', 'Anybody there?')
    expect((await clocks(id)).map((c) => c.name)).toEqual(['first_response', 'resolution'])
    await say('priya', 'We look at it.')
    await house.advance({ minutes: 5 })
    await say('laurent', 'And now?')
    const row = await house.platform.db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(row.due_clock).toBe('update')
    await say('laurent', 'Please.')
    await house.advance({ minutes: 10 })
    await say('key', 'This is an automatic answer.')
    expect(await clock(id, 'update')).toMatchObject({ state: 'running', cycle: 1 })
    await say('priya', 'It is the cache.')
    expect(await clock(id, 'update')).toMatchObject({ state: 'met', elapsedMinutes: 10 })
    await say('laurent', 'Thanks, still slow.')
    expect(await clock(id, 'update')).toMatchObject({ state: 'running', cycle: 2 })
    expect((await clocks(id)).filter((c) => c.name === 'update')).toHaveLength(2)
    await house.execute(resolveTicket, actor('priya'), { id, resolution: 'Restarted' })
    expect(await clock(id, 'update')).toMatchObject({ state: 'met', cycle: 2 })
  })
})

describe('another priority', () => {
  it('counts from the opening; over time at once it is told once, and so counted', async () => {
    await house.clock.set(Temporal.Instant.from('2026-11-24T09:00:00Z'))
    const { id } = await at(3, (await open()).id)
    await house.execute(replyTicket, actor('priya'), { id, body: 'We look at it.' })
    await jump(5)
    await at(1, id)
    await house.settle()
    expect(await clock(id, 'resolution')).toMatchObject({ state: 'breached_on_reclass', targetMinutes: 240 })
    expect(await clock(id, 'first_response')).toMatchObject({ state: 'met', targetMinutes: 120 })
    await jump(3)
    expect(await told(id)).toEqual([
      'Resolution was due 13:00 London (P1: 4 h): over time at once, because the terms changed.',
    ])
    expect(await deliveries(id)).toHaveLength(1)
    await at(3, id)
    expect(await clock(id, 'resolution')).toMatchObject({ state: 'running', targetMinutes: 1_440 })
  })
})

describe('waiting and reopening', () => {
  it('stands still while it waits, and no warning comes', async () => {
    await house.clock.set(Temporal.Instant.from('2026-11-25T09:00:00Z'))
    const { id } = await at(1, (await open()).id)
    await house.execute(replyTicket, actor('priya'), { id, body: 'We ask the vendor.' })
    await house.execute(pendTicket, actor('priya'), { id, reason: 'vendor' })
    expect(await clock(id, 'resolution')).toMatchObject({ state: 'paused', dueAt: null, leftMinutes: 240 })
    await jump(8)
    expect(await told(id)).toEqual([])
    await house.execute(resumeTicket, actor('priya'), { id })
    expect(String((await clock(id, 'resolution')).dueAt)).toBe('2026-11-25T21:00:00Z')
    await house.advance({ minutes: 30 })
    await house.execute(resolveTicket, actor('priya'), { id, resolution: 'Restarted' })
    expect(await clock(id, 'resolution')).toMatchObject({ state: 'met', elapsedMinutes: 30 })
    await jump(2)
    await house.execute(reopenTicket, actor('laurent'), { id, reason: 'Not solved' })
    expect(String((await clock(id, 'resolution')).dueAt)).toBe('2026-11-25T23:00:00Z')
    // And a word is waited for.
    expect((await clock(id, 'update')).state).toBe('running')
    await house.execute(resolveTicket, actor('priya'), { id, resolution: 'Restarted again' })
  })
})

describe('other terms', () => {
  it('a holiday moves the open clocks, and leaves those that are over', async () => {
    await house.clock.set(Temporal.Instant.from('2026-11-26T17:00:00Z'))
    const { id } = await at(3, (await open()).id)
    const done = await at(3, (await open()).id)
    await house.execute(resolveTicket, actor('priya'), { id: done.id, resolution: 'Over' })
    expect(String((await clock(id, 'first_response')).dueAt)).toBe('2026-11-27T09:00:00Z')
    const day = { date: '2026-11-27', open: [], name: 'Bank holiday' }
    await house.execute(changeCalendar, admin, { id: house.cast.hours, exceptions: [day] })
    await house.settle()
    const rows = await house.platform.db
      .selectFrom('ticket_clocks')
      .selectAll()
      .where('ticket_id', 'in', [id, done.id])
      .where('clock', '=', 'first_response')
      .execute()
    const of = (ticket: string) => rows.find((r) => r.ticket_id === ticket)
    expect(String(of(id)?.due_at)).toBe('2026-11-30T09:00:00Z')
    expect([of(id)?.calendar_version, of(done.id)?.calendar_version]).toEqual([2, 1])
    const ticket = await house.platform.db
      .selectFrom('tickets')
      .select('due_at')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(String(ticket.due_at)).toBe('2026-11-30T09:00:00Z')
    // The warning waits with it.
    await jump(20)
    expect(await told(id)).toEqual([])
  })

  it('a policy that fits takes over at once, and says why', async () => {
    const { id } = await at(3, (await open({ title: 'Blotter' })).id)
    const [other] = [await at(4, (await open({ title: 'Other' })).id)]
    const policy = await standard()
    const quick = { firstResponse: 10, update: 10, resolution: 60, clock: 'always' as const }
    await house.execute(createPolicy, admin, {
      name: 'Trading floor',
      targets: { ...policy.targets, P3: quick },
      appliesTo: { serviceIds: [house.cast.orders.id], priorities: [3] },
    })
    await house.settle()
    const full = await house.ask(getTicket, actor('priya'), { id })
    expect(full.derivation[0]).toBe(
      'By the policy Trading floor, the first that fits: because of its service, priority P3.',
    )
    expect(full.clocks[0]).toMatchObject({ targetMinutes: 10 })
    expect((await house.ask(getTicket, actor('priya'), { id: other.id })).derivation[0]).toBe(
      'By the policy Standard, because no other fits.',
    )
  })

  it('a policy that makes a clock over time at once says so, apart from breaches', async () => {
    const { id } = await at(4, (await open({ title: 'Slow' })).id)
    await jump(3)
    const policy = await standard()
    const P4 = { firstResponse: 5, update: 5, resolution: 10_000, clock: 'always' as const }
    await house.execute(changePolicy, admin, { id: policy.id, targets: { P4 } })
    await house.settle()
    expect(await clock(id, 'first_response')).toMatchObject({ state: 'breached_on_reclass' })
    await jump(1)
    expect(await told(id)).toHaveLength(1)
  })
})

describe('a policy that no longer counts', () => {
  /** Answers within ten minutes, mends within the hour and before a cut-off; waiting for a user stops nothing. */
  const floor = async () => {
    const P5 = { firstResponse: 10, update: 10, resolution: 60, clock: 'always' as const }
    return house.execute(createPolicy, admin, {
      name: `Floor ${crypto.randomUUID().slice(0, 8)}`,
      targets: { ...(await standard()).targets, P5 },
      pauseReasons: [],
      cutOffs: [
        {
          name: 'NY',
          atTime: '17:00',
          zone: 'America/New_York',
          days: [1, 2, 3, 4, 5],
          priorities: [],
          warnMinutes: 5,
        },
      ],
      appliesTo: { serviceIds: [house.cast.orders.id], priorities: [5] },
    })
  }
  const rowsOf = (id: string) =>
    house.platform.db
      .selectFrom('ticket_clocks')
      .selectAll()
      .where('ticket_id', '=', id)
      .orderBy('clock')
      .orderBy('cycle')
      .execute()
  const shown = async (id: string) =>
    Object.fromEntries((await rowsOf(id)).map((c) => [c.clock, [c.state, c.target_minutes, c.policy_id]]))
  const rings = async (id: string) =>
    (await house.platform.db.selectFrom('due').select('at').where('key', '=', `ticket:${id}:clocks`).execute()).map(
      (r) => String(r.at),
    )

  it.each(['deleted', 'another one’s'] as const)(
    'is %s: open clocks run by the one that now fits, what was stopped stays, and nothing is told by it any more',
    async (how) => {
      await house.clock.set(Temporal.Instant.from('2026-12-01T10:00:00Z'))
      const policy = await floor()
      const { id } = await at(5, (await open({ title: 'Goes on' })).id)
      const answered = await at(5, (await open({ title: 'Answered' })).id)
      const over = await at(5, (await open({ title: 'Over' })).id)
      await house.execute(replyTicket, actor('priya'), { id: answered.id, body: 'We look into it.' })
      await house.execute(resolveTicket, actor('priya'), { id: over.id, resolution: 'Restarted' })
      const mine = [expect.anything(), 10, policy.id]
      expect(await shown(id)).toMatchObject({
        first_response: mine,
        resolution: ['running', 60, policy.id],
        cut_off: ['running', null, policy.id],
      })
      const before = { answered: (await shown(answered.id)).first_response, over: await rowsOf(over.id) }

      if (how === 'deleted') await house.execute(deletePolicy, admin, { id: policy.id })
      else await house.execute(changePolicy, admin, { id: policy.id, appliesTo: { environments: ['uat'] } })
      await house.settle()

      const { id: next, targets } = await standard()
      expect(await shown(id)).toEqual({
        first_response: ['running', targets.P5.firstResponse, next],
        resolution: ['running', targets.P5.resolution, next],
      })
      expect((await shown(answered.id)).first_response).toEqual(before.answered)
      expect((await shown(answered.id)).resolution).toEqual(['running', targets.P5.resolution, next])
      expect(await rowsOf(over.id)).toEqual(before.over)
      const full = await house.ask(getTicket, actor('priya'), { id })
      expect(full.derivation[0]).toBe('By the policy Standard, because no other fits.')
      const due = (await rowsOf(id)).map((c) => c.due_at as Temporal.Instant).sort(Temporal.Instant.compare)[0]
      expect(String(full.dueAt)).toBe(String(due))
      await jump(2)
      expect(await told(id)).toEqual([])
      expect(await rings(over.id)).toEqual([])
    },
  )

  it('is deleted while a ticket waits: it goes on waiting, and what was over time by it is so no longer', async () => {
    await house.clock.set(Temporal.Instant.from('2026-12-02T10:00:00Z'))
    const policy = await floor()
    const { id } = await at(5, (await open({ title: 'Waits' })).id)
    await house.execute(pendTicket, actor('priya'), { id, reason: 'user' })
    await jump(1)
    expect(await shown(id)).toMatchObject({ resolution: ['breached', 60, policy.id] })
    await house.execute(deletePolicy, admin, { id: policy.id })
    await house.settle()
    const { id: next, targets } = await standard()
    expect(await shown(id)).toMatchObject({ resolution: ['paused', targets.P5.resolution, next] })
    const ticket = await house.platform.db
      .selectFrom('tickets')
      .select(['breached', 'due_at'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(ticket).toEqual({ breached: false, due_at: null })
    expect(await rings(id)).toEqual([])
    await house.execute(resumeTicket, actor('priya'), { id })
    expect((await rings(id)).length).toBe(1)
  })
})

describe('the matrix', () => {
  it('is a setting: new tickets follow it, and the others keep their priority', async () => {
    const before = await open({ title: 'Before' })
    const { matrix, version } = await house.ask(readMatrix, actor('priya'), {})
    await expect(house.execute(changeMatrix, actor('lena'), { matrix })).rejects.toMatchObject({ code: 'forbidden' })
    const strict = { ...matrix, low: { high: 2, medium: 3, low: 4 } } as typeof matrix
    await house.execute(changeMatrix, admin, { matrix: strict }, { expected: version })
    const after = await house.execute(openByHand, actor('priya'), {
      title: 'After',
      kind: 'incident',
      impact: 'low',
      urgency: 'high',
    })
    expect(after.ticket.priority).toBe(2)
    expect((await house.ask(getTicket, actor('priya'), { id: before.id })).priority).toBe(before.priority)
    const upside = { ...matrix, high: { high: 5, medium: 5, low: 5 } } as typeof matrix
    await expect(house.execute(changeMatrix, admin, { matrix: upside })).rejects.toMatchObject({
      fields: expect.arrayContaining([
        { field: 'matrix.medium.high', problem: 'must not be more pressing than with more impact' },
      ]),
    })
    await expect(house.execute(changeMatrix, admin, { matrix }, { expected: version })).rejects.toMatchObject({
      code: 'stale',
    })
  })
})

// Last, because time must not go on with so many.
it('thousands of open tickets are computed in slices side by side, each once', async () => {
  const { db } = house.platform
  await sql`
    insert into tickets (id, number, kind, title, state, impact, urgency, priority, priority_reason, service_id, environment,
      opened_via, opened_by, opened_at, updated_at)
    select gen_random_uuid(), 'INC-' || 1000000 + n, 'incident', 'Ticket ' || n, 'new', 'low', 'low', 5, 'by hand',
      ${house.cast.wiki.id}::uuid, 'prod', 'api', '{}', ${house.clock.now()}, ${house.clock.now()}
    from generate_series(1, 2500) n`.execute(db)
  await house.execute(changePolicy, admin, { id: (await standard()).id, warnPercent: 60 })
  await house.settle()
  const { rows } = await sql<{ clocks: number; due: number; rings: number }>`
    select count(*)::int as clocks, count(distinct t.id) filter (where t.due_at = c.due_at)::int as due,
      (select count(*)::int from due where verb = 'ticket.ring_clocks') as rings
    from tickets t join ticket_clocks c on c.ticket_id = t.id where t.title like 'Ticket %'`.execute(db)
  expect(rows[0]).toMatchObject({ clocks: 5_000, due: 2_500 })
  expect(rows[0]?.rings).toBeGreaterThanOrEqual(2_500)
})
