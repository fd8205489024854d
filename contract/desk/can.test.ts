import { describe, expect, it } from 'vitest'
import { allVerdicts, can, type TicketAct, ticketActs } from './can.ts'
import { type TicketState, ticketStates } from './words.ts'

const requester = { userId: 'r', desk: false }
const watcher = { userId: 'w', desk: false }
const analyst = { userId: 'a', desk: true }
const ticket = (state: TicketState) => ({ number: 'INC-7', state, requesterId: 'r' })

// One letter for each state, in the order new, in_progress, pending, resolved, closed, cancelled.
const table: [TicketAct, { desk: string; requester: string; watcher: string }][] = [
  ['change', { desk: 'yyyy--', requester: '------', watcher: '------' }],
  ['reply', { desk: 'yyyy--', requester: 'yyyy--', watcher: 'yyyy--' }],
  ['followUp', { desk: '------', requester: '----yy', watcher: '----yy' }],
  ['note', { desk: 'yyyyyy', requester: '------', watcher: '------' }],
  ['callOut', { desk: 'yyyy--', requester: '------', watcher: '------' }],
  ['take', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['assign', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['unassign', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['move', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['escalate', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['acceptEscalation', { desk: '------', requester: '------', watcher: '------' }],
  ['sendBackEscalation', { desk: '------', requester: '------', watcher: '------' }],
  ['withdrawEscalation', { desk: '------', requester: '------', watcher: '------' }],
  ['escalateUp', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['pend', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['resume', { desk: '--y---', requester: '------', watcher: '------' }],
  ['resolve', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['reopen', { desk: '---y-y', requester: '---y-y', watcher: '------' }],
  ['close', { desk: '---y--', requester: '---y--', watcher: '------' }],
  ['takeBackClosure', { desk: '----y-', requester: '------', watcher: '------' }],
  ['cancel', { desk: 'yyy---', requester: 'yyy---', watcher: '------' }],
  ['knowledge', { desk: 'yyyyyy', requester: '------', watcher: '------' }],
  ['link', { desk: 'yyyyyy', requester: '------', watcher: '------' }],
  ['merge', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['mergeInto', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['unmerge', { desk: '------', requester: '------', watcher: '------' }],
  ['addCaller', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['help', { desk: 'yyy---', requester: '------', watcher: '------' }],
  ['watch', { desk: 'yyyyyy', requester: 'yyyyyy', watcher: 'yyyyyy' }],
]

const letters = (act: TicketAct, actor: typeof requester) =>
  ticketStates.map((state) => (can[act](ticket(state), actor).ok ? 'y' : '-')).join('')

describe('what may be done to a ticket', () => {
  it.each(table)('%s', (act, expected) => {
    const found = { desk: letters(act, analyst), requester: letters(act, requester), watcher: letters(act, watcher) }
    expect(found).toEqual(expected)
  })

  it('covers every act', () => expect(table.map(([act]) => act).sort()).toEqual([...ticketActs].sort()))

  it('gives each no a sentence with the number, and a yes none', () => {
    for (const actor of [requester, watcher, analyst])
      for (const state of ticketStates)
        for (const { ok, why } of Object.values(allVerdicts(ticket(state), actor)))
          if (ok) expect(why).toBeNull()
          else expect(why).toMatch(/^INC-7 (is|can only|does not wait) .*\.$/)
  })

  it.each([
    ['note', 'yyyyyy', '------', '------'],
    ['link', 'yyyyyy', '------', '------'],
    ['unmerge', 'yyyyyy', '------', '------'],
    ['watch', 'yyyyyy', 'yyyyyy', 'yyyyyy'],
    ['reply', 'yyyy--', 'yyyy--', 'yyyy--'],
    ['followUp', '------', '----yy', '----yy'],
    ['reopen', '------', '---y--', '------'],
    ['resolve', '------', '------', '------'],
    ['close', '------', '------', '------'],
    ['merge', '------', '------', '------'],
  ] as const)('merged, by the state of the one that goes on: %s', (act, ...expected) => {
    const found = [analyst, requester, watcher].map((actor) =>
      ticketStates
        .map((state) => {
          const merged = { ...ticket('cancelled'), mergedInto: { number: 'INC-9', state } }
          const verdict = can[act](merged, actor)
          if (!verdict.ok) expect(verdict.why).toMatch(/^INC-7 is merged into INC-9, so it cannot .*\.$/)
          return verdict.ok ? 'y' : '-'
        })
        .join(''),
    )
    expect(found).toEqual(expected)
  })

  it('says what to do instead', () => {
    expect(can.resolve(ticket('resolved'), analyst).why).toBe('INC-7 is resolved already.')
    expect(can.pend(ticket('resolved'), analyst).why).toBe(
      'INC-7 is resolved, so it cannot be set to pending. Reopen it first.',
    )
    expect(can.assign(ticket('closed'), analyst).why).toBe(
      'INC-7 is closed, so it cannot be assigned. Open a new ticket that names it.',
    )
    expect(can.resume(ticket('new'), analyst).why).toBe('INC-7 is new, so it cannot be resumed.')
    expect(can.note(ticket('new'), requester).why).toBe('INC-7 can only be given a note by the support desk.')
    expect(can.close(ticket('resolved'), watcher).why).toBe(
      'INC-7 can only be closed by the support desk and the person who asked.',
    )
  })

  it('lets what waits to be accepted be accepted, sent back or taken back, and not be moved; requesters learn nothing of it', () => {
    const waits = { ...ticket('in_progress'), escalated: true }
    for (const act of ['acceptEscalation', 'sendBackEscalation', 'withdrawEscalation'] as const)
      expect(can[act](waits, analyst).ok).toBe(true)
    for (const act of ['move', 'escalate'] as const)
      expect(can[act](waits, analyst).why).toMatch(/escalated and not accepted yet.*Take the escalation back first/)
    expect(allVerdicts(waits, requester)).toEqual(allVerdicts(ticket('in_progress'), requester))
  })

  it('holds back what lacks an approval or a step, and says what', () => {
    const held = { ...ticket('pending'), held: 'INC-7 waits for an approval.', waitsForApproval: true }
    for (const act of ticketActs) {
      const holds = act === 'resolve' || act === 'resume' || act === 'pend'
      expect(can[act](held, analyst).why, act).toBe(holds ? held.held : can[act](ticket('pending'), analyst).why)
      if (holds) expect(can[act](held, watcher).why, act).not.toBe(held.held)
    }
    const left = { ...ticket('new'), held: 'INC-7 has a step that is not done.' }
    expect(can.resolve(left, analyst).ok).toBe(false)
    expect(can.pend(left, analyst).ok).toBe(true)
  })

  it('lets an analyst who asked himself follow up his own ticket', () => {
    expect(can.followUp({ ...ticket('closed'), requesterId: 'a' }, analyst).ok).toBe(true)
  })

  it('takes nobody for the requester of a ticket that nobody asked for', () => {
    const nobodys = { number: 'INC-8', state: 'resolved' as const, requesterId: null }
    expect(can.close(nobodys, { userId: null, desk: false }).ok).toBe(false)
  })
})
