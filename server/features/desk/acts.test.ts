import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { can, type TicketAct, type TicketState, ticketRules, ticketStates } from '../../../contract/desk/index.ts'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import type { Actor } from '../../platform/access.ts'
import type { Verb } from '../../platform/verb.ts'
import { addCaller } from './add-caller.ts'
import { assignTicket, takeIt, unassignTicket } from './assign.ts'
import { callOut } from './call-out.ts'
import { cancelTicket } from './cancel.ts'
import { changeTicket } from './change.ts'
import { closeTicket, takeBackClosure } from './close.ts'
import { acceptEscalation } from './escalation/accept.ts'
import { escalateTicket } from './escalation/escalate.ts'
import { sendBackEscalation } from './escalation/send-back.ts'
import { withdrawEscalation } from './escalation/withdraw.ts'
import { getTicket } from './get.ts'
import { helpWith } from './help.ts'
import { escalateUp } from './hierarchy/by-hand.ts'
import { draftFromTicket } from './knowledge/draft.ts'
import { linkTicket } from './link.ts'
import { mergeTickets } from './merge.ts'
import { moveTicket } from './move.ts'
import { noteTicket } from './note.ts'
import { openByHand } from './open.ts'
import { pendTicket, resumeTicket } from './pend.ts'
import { reopenTicket } from './reopen.ts'
import { replyTicket } from './reply.ts'
import { resolveTicket } from './resolve.ts'
import { unmergeTickets } from './unmerge.ts'
import { watchTicket } from './watch.ts'

let house: DeskHouse
/** An open ticket for acts that need two, and some that can be merged away. */
let other: string
const spare: string[] = []
beforeAll(async () => {
  house = await deskHouse()
  const open = async () => (await house.execute(openByHand, by().priya, { title: 'The same again' })).ticket.id
  other = await open()
  for (let n = 0; n < ticketStates.length * 2; n++) spare.push(await open())
  // Somebody to tell, of a ticket that no team has.
  const managers = [house.cast.tom.id]
  await house.platform.db
    .insertInto('hierarchy_rules')
    .values({ team_id: null, managers, rules: '[]', updated_at: house.clock.now() })
    .execute()
})
afterAll(() => house.close())

const by = () => house.cast.actors
const run = (verb: Verb<never, unknown>, actor: Actor, input: object) =>
  house.execute(verb as never, actor, input as never) as Promise<{ ticket: { state: string } }>

/** Each act of the table with the verb that does it. */
const verbs: Record<TicketAct, [unknown, (id: string) => object]> = {
  change: [changeTicket, () => ({ title: `Mended ${crypto.randomUUID()}` })],
  reply: [replyTicket, () => ({ body: 'Hello' })],
  followUp: [replyTicket, () => ({ body: 'It is back' })],
  note: [noteTicket, () => ({ body: 'A note' })],
  callOut: [callOut, () => ({ body: 'Called M. Laurent' })],
  take: [takeIt, () => ({})],
  assign: [assignTicket, () => ({ userId: house.cast.tom.id })],
  unassign: [unassignTicket, () => ({})],
  move: [moveTicket, () => ({ teamId: house.cast.dba.id })],
  escalate: [
    escalateTicket,
    () => ({
      teamId: house.cast.dba.id,
      seen: 'No prices',
      since: '2026-11-23T06:51:00Z',
      hurt: '37 traders',
      tried: 'Nothing yet',
      evidence: 'None',
    }),
  ],
  acceptEscalation: [acceptEscalation, () => ({})],
  sendBackEscalation: [sendBackEscalation, () => ({ reason: 'Which one?' })],
  withdrawEscalation: [withdrawEscalation, () => ({})],
  escalateUp: [escalateUp, () => ({ reason: 'The desk head calls' })],
  pend: [pendTicket, () => ({ reason: 'vendor' })],
  resume: [resumeTicket, () => ({})],
  resolve: [resolveTicket, () => ({ resolution: 'Restarted the gateway' })],
  reopen: [reopenTicket, () => ({})],
  close: [closeTicket, () => ({})],
  takeBackClosure: [takeBackClosure, () => ({})],
  cancel: [cancelTicket, () => ({ reason: 'Not needed' })],
  watch: [watchTicket, () => ({ userId: 'me' })],
  knowledge: [draftFromTicket, () => ({ kind: 'article' })],
  link: [linkTicket, () => ({ kind: 'relates_to', to: other })],
  merge: [mergeTickets, (id) => ({ id: other, tickets: [id] })],
  mergeInto: [mergeTickets, () => ({ tickets: [spare.shift()] })],
  unmerge: [unmergeTickets, (id) => ({ id: other, tickets: [id] })],
  addCaller: [addCaller, () => ({ words: 'They cannot price either' })],
  help: [helpWith, () => ({ userId: 'me' })],
}
const actOn = (act: TicketAct, actor: Actor, id: string) => {
  const [verb, input] = verbs[act]
  return run(verb as never, actor, { id, ...input(id) })
}

/** A ticket of M. Laurent's in a state, as if time had brought it there. */
const ticketIn = async (state: TicketState): Promise<string> => {
  const { ticket } = await house.execute(openByHand, by().laurent, {
    title: 'No prices',
    serviceId: house.cast.wiki.id,
  })
  const now = house.clock.now()
  const columns = {
    new: {},
    in_progress: { assignee_id: house.cast.priya.id },
    pending: { pending_reason: 'user' },
    resolved: { resolution: 'Restarted', resolved_at: now, assignee_id: house.cast.priya.id },
    closed: { resolution: 'Restarted', resolved_at: now, closed_at: now },
    cancelled: {},
  }[state]
  await house.platform.db
    .updateTable('tickets')
    .set({ state, ...columns })
    .where('id', '=', ticket.id)
    .execute()
  return ticket.id
}

describe('every act in every state', () => {
  const cases = (Object.keys(ticketRules) as TicketAct[]).flatMap((act) =>
    ticketStates.map((state) => [act, state] as const),
  )

  it.each(cases)('%s when %s: the desk, the requester and the table agree', async (act, state) => {
    for (const who of ['priya', 'laurent'] as const) {
      const id = await ticketIn(state)
      const actor = by()[who]
      const ruled = { number: 'INC-1', state, requesterId: house.cast.laurent.id }
      const ask = (a: TicketAct) => can[a](ruled, { userId: house.cast[who].id, desk: who === 'priya' })
      // A reply is one verb: which of the two acts it is, the state decides.
      const replies = act === 'reply' || act === 'followUp'
      const allowed = replies ? ask('reply').ok || ask('followUp').ok : ask(act).ok
      const done = actOn(act, actor, id)
      if (allowed) await expect(done).resolves.toBeDefined()
      else await expect(done).rejects.toMatchObject({ code: expect.stringMatching(/^(conflict|forbidden)$/) })
    }
  })
})

describe('where an act leads', () => {
  it.each<[TicketState, TicketAct, TicketState]>([
    ['new', 'take', 'in_progress'],
    ['new', 'assign', 'new'],
    ['new', 'reply', 'in_progress'],
    ['new', 'note', 'new'],
    ['new', 'pend', 'pending'],
    ['in_progress', 'unassign', 'new'],
    ['pending', 'resume', 'new'],
    ['pending', 'resolve', 'resolved'],
    ['resolved', 'reply', 'resolved'],
    ['resolved', 'reopen', 'in_progress'],
    ['cancelled', 'reopen', 'new'],
    ['closed', 'takeBackClosure', 'resolved'],
  ])('%s, %s: %s', async (from, act, to) => {
    const id = await ticketIn(from)
    await actOn(act, by().priya, id)
    expect((await house.ask(getTicket, by().priya, { id })).state).toBe(to)
  })

  it.each<[TicketState, TicketAct]>([
    ['new', 'take'],
    ['new', 'assign'],
    ['new', 'pend'],
    ['pending', 'resume'],
    ['pending', 'pend'],
    ['in_progress', 'unassign'],
    ['resolved', 'close'],
    ['closed', 'takeBackClosure'],
    ['new', 'move'],
    ['new', 'watch'],
    ['resolved', 'reopen'],
    ['cancelled', 'reopen'],
    ['pending', 'resolve'],
  ])('when %s, %s is taken back by what it answers, where it answers that', async (state, act) => {
    const id = await ticketIn(state)
    const facts = async () => {
      const t = await house.ask(getTicket, by().priya, { id })
      return [t.state, t.assignee, t.team, t.pendingReason, t.watching]
    }
    const before = await facts()
    const { undo } = (await actOn(act, by().priya, id)) as unknown as { undo: { act: string; input: object } | null }
    expect(await facts()).not.toEqual(before)
    if (state === 'cancelled') return expect(undo).toBeNull()
    const back: Record<string, unknown> = { ...Object.fromEntries(Object.entries(verbs).map(([k, [v]]) => [k, v])) }
    const { unwatchTicket } = await import('./watch.ts')
    await run((back[undo?.act ?? ''] ?? unwatchTicket) as never, by().priya, undo?.input ?? {})
    expect(await facts()).toEqual(before)
  })
})

describe('what time does', () => {
  // The clocks of hundreds of open tickets would run as well.
  beforeAll(async () => {
    await house.close()
    house = await deskHouse()
  })
  const resolved = async () => {
    const id = await ticketIn('new')
    await actOn('resolve', by().priya, id)
    return id
  }

  it('wakes a pending ticket at its time', async () => {
    const id = await ticketIn('new')
    const until = house.clock.now().add({ hours: 2 }).toString()
    await house.execute(pendTicket, by().priya, { id, reason: 'scheduled', until })
    expect((await house.ask(getTicket, by().priya, { id })).dueAt).toBeNull()
    await house.advance({ minutes: 119 })
    expect((await house.ask(getTicket, by().priya, { id })).state).toBe('pending')
    await house.advance({ minutes: 1 })
    const woken = await house.ask(getTicket, by().priya, { id })
    expect(woken).toMatchObject({ state: 'new', pendingReason: null, pendingUntil: null, dueClock: 'first_response' })
  })

  it('does not wake what went on by itself and waits for something else now', async () => {
    const id = await ticketIn('new')
    const until = house.clock.now().add({ hours: 1 }).toString()
    await house.execute(pendTicket, by().priya, { id, reason: 'vendor', until })
    await house.execute(pendTicket, by().priya, { id, reason: 'user' })
    await house.jump({ hours: 2 })
    expect(await house.ask(getTicket, by().priya, { id })).toMatchObject({ state: 'pending', pendingReason: 'user' })
  })

  it('after a resolution that is taken back it waits again, and is woken; what was due meanwhile goes on at once', async () => {
    const id = await ticketIn('new')
    const until = house.clock.now().add({ hours: 2 }).toString()
    await house.execute(pendTicket, by().priya, { id, reason: 'scheduled', until })
    const resolved = () => house.execute(resolveTicket, by().priya, { id, resolution: 'Restarted' })
    const state = async () => (await house.ask(getTicket, by().priya, { id })).state
    const first = await resolved()
    await house.execute(reopenTicket, by().priya, first.undo?.input as never)
    expect(await house.ask(getTicket, by().priya, { id })).toMatchObject({
      state: 'pending',
      pendingReason: 'scheduled',
    })
    await house.jump({ hours: 1 })
    expect(await state()).toBe('pending')
    const second = await resolved()
    await house.jump({ hours: 1 })
    expect(await state()).toBe('resolved')
    await house.execute(reopenTicket, by().laurent, second.undo?.input as never)
    expect(await state()).toBe('in_progress')
  })

  it('refuses a time that is over, and scheduled without one', async () => {
    const id = await ticketIn('new')
    const until = house.clock.now().toString()
    await expect(house.execute(pendTicket, by().priya, { id, reason: 'user', until })).rejects.toThrow(
      'until: must be in the future',
    )
    await expect(house.execute(pendTicket, by().priya, { id, reason: 'scheduled' })).rejects.toThrow(
      'until: must say when it goes on',
    )
  })

  it('closes what was resolved five days ago, and not what was reopened meanwhile', async () => {
    const [left, reopened, kept] = [await resolved(), await resolved(), await resolved()]
    await house.jump({ hours: 4 * 24 })
    await actOn('reopen', by().laurent, reopened)
    await actOn('reopen', by().priya, kept)
    await actOn('resolve', by().priya, kept)
    await house.jump({ hours: 23, minutes: 59 })
    const state = async (id: string) => (await house.ask(getTicket, by().priya, { id })).state
    expect(await state(left)).toBe('resolved')
    await house.advance({ minutes: 1 })
    expect([await state(left), await state(reopened), await state(kept)]).toEqual(['closed', 'in_progress', 'resolved'])
    await house.jump({ hours: 4 * 24 })
    expect(await state(kept)).toBe('closed')
  })

  it('follows the setting, also for what is resolved already', async () => {
    const id = await resolved()
    const value = { name: 'desk.close_after_days', value: '9', updated_at: house.clock.now() }
    await house.platform.db.insertInto('settings').values(value).execute()
    await house.jump({ hours: 8 * 24 })
    expect((await house.ask(getTicket, by().priya, { id })).state).toBe('resolved')
    await house.jump({ hours: 24 })
    expect((await house.ask(getTicket, by().priya, { id })).state).toBe('closed')
    await house.platform.db.deleteFrom('settings').where('name', '=', value.name).execute()
  })
})

describe('reopening', () => {
  it('counts, unless the desk took its own resolution back at once', async () => {
    const reopenedAfter = async (who: 'priya' | 'laurent', wait: Temporal.DurationLike) => {
      const id = await ticketIn('resolved')
      await house.advance(wait)
      await actOn('reopen', by()[who], id)
      return (await house.ask(getTicket, by().priya, { id })).reopened
    }
    expect(await reopenedAfter('priya', { seconds: 10 })).toBe(0)
    expect(await reopenedAfter('priya', { minutes: 2 })).toBe(1)
    expect(await reopenedAfter('laurent', { seconds: 10 })).toBe(1)
  })
})
