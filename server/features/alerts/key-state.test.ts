import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arrival, advance, freshKey, type KeyState } from './key-state.ts'

let count = 0
const signal = (kind: Arrival['kind'], sent: number | null, more: Partial<Arrival> = {}): Arrival => ({
  id: `s${count++}`,
  kind,
  severity: 'high',
  sent,
  received: 1_000 + count,
  ...more,
})
const stateAfter = (...signals: Arrival[]): KeyState => signals.reduce(advance, freshKey)
const F = (sent: number | null = null, more?: Partial<Arrival>) => signal('firing', sent, more)
const R = (sent: number | null = null, more?: Partial<Arrival>) => signal('resolved', sent, more)
const B = (sent: number | null = null) => signal('blind', sent)

describe('the state of a key', () => {
  it.each<[string, Arrival[], Partial<KeyState>]>([
    ['a firing opens it', [F()], { state: 'firing', flip: 1, firedFlip: 1, occurrences: 1 }],
    ['repeats are counted, and are no flips', [F(), F(), F()], { state: 'firing', flip: 1, occurrences: 3 }],
    ['a resolve closes it', [F(), R()], { state: 'resolved', flip: 2, firedFlip: 1 }],
    ['a resolve of nothing is no flip', [R()], { state: 'resolved', flip: 0 }],
    [
      'a firing after a resolve is a new alert',
      [F(), R(), F()],
      { state: 'firing', flip: 3, firedFlip: 3, firedBefore: 1, occurrences: 2 },
    ],
    ['an older resolve closes nothing', [F(50), R(40)], { state: 'firing', flip: 1 }],
    ['a resolve of the same moment closes it', [F(50), R(50)], { state: 'resolved', flip: 2 }],
    [
      'a firing that is older than the resolve opens nothing',
      [R(60), F(50)],
      { state: 'resolved', flip: 0, occurrences: 1 },
    ],
    ['without the times of both, the order of arrival counts', [F(50), R(null)], { state: 'resolved' }],
    ['a resolve with a time after a firing without one closes it', [F(null), R(10)], { state: 'resolved' }],
    ['a firing without a time opens it after a resolve with one', [R(60), F(null)], { state: 'firing' }],
    [
      'the resolve of a spell that was over before this one began closes nothing, however late it comes',
      [F(null, { said: 100, spell: 100 }), R(null, { said: 50, spell: 20 })],
      { state: 'firing', flip: 1 },
    ],
    [
      'the resolve of its own spell closes it, also when the sender’s clock was put back meanwhile',
      [F(null, { said: 100, spell: 100 }), R(null, { said: 50, spell: 100 })],
      { state: 'resolved' },
    ],
    [
      'a resolve closes it that says an earlier beginning, and an end after this one began',
      [F(null, { said: 100, spell: 100 }), R(null, { said: 130, spell: 90 })],
      { state: 'resolved' },
    ],
    [
      'a resolve that is read again closes nothing that fired since',
      [F(), R(null, { first: 500 })],
      { state: 'firing' },
    ],
    [
      'a firing that is read again opens nothing that was over since, and is counted',
      [F(), R(), F(null, { first: 500 })],
      { state: 'resolved', occurrences: 2 },
    ],
    [
      'a firing that is read again does not change what a later one said',
      [F(null, { severity: 'critical' }), F(null, { first: 500, severity: 'low' })],
      { state: 'firing', severity: 'critical' },
    ],
    [
      'a firing that is read again opens what nothing was heard of since, from when it came',
      [F(null, { first: 500 })],
      { state: 'firing', firedAt: 500 },
    ],
    ['blind opens it', [B()], { state: 'blind', flip: 1, occurrences: 1 }],
    ['blind keeps a firing one open', [F(), B()], { state: 'blind', flip: 2, firedFlip: 1 }],
    ['seen again it fires', [F(), B(), F()], { state: 'firing', flip: 3, firedFlip: 1 }],
    [
      'another severity is a flip',
      [F(), F(null, { severity: 'critical' })],
      { severity: 'critical', flip: 2, firedFlip: 1 },
    ],
    [
      'an older firing does not change the severity',
      [F(50), F(40, { severity: 'low' })],
      { severity: 'high', flip: 1, occurrences: 2 },
    ],
    ['it began at the sender’s time', [F(50)], { firedAt: 50 }],
    [
      'it ended no earlier than it began',
      [signal('firing', null, { received: 900 }), R(10)],
      { firedAt: 900, endedAt: 900 },
    ],
    [
      'comments, changes and heartbeats are no news of it',
      [F(), signal('comment', 1), signal('change', 2), signal('heartbeat', 3)],
      { flip: 1, occurrences: 1 },
    ],
  ])('%s', (_what, signals, state) => {
    expect(stateAfter(...signals)).toMatchObject(state)
  })

  const arrivals = fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom('firing' as const, 'resolved' as const, 'blind' as const),
      sent: fc.integer({ min: 1, max: 500 }),
      severity: fc.constantFrom('critical' as const, 'medium' as const),
    }),
    { selector: (s) => s.sent, minLength: 1, maxLength: 12 },
  )
  const arrive = (list: { kind: Arrival['kind']; sent: number; severity: Arrival['severity'] }[]) =>
    list.map((s) => signal(s.kind, s.sent, { severity: s.severity }))

  it('is that of the newest signal, in whatever order they arrive', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        const state = stateAfter(...arrive(list))
        const newest = list.toSorted((a, b) => b.sent - a.sent)[0]
        expect(state.state).toBe(newest?.kind)
        if (state.state !== 'resolved') expect(state.severity).toBe(newest?.severity)
      }),
    )
  })

  it('stays when everything is sent again', () => {
    fc.assert(
      fc.property(arrivals, fc.boolean(), (list, backwards) => {
        const once = stateAfter(...arrive(list))
        const again = arrive(backwards ? list.toReversed() : list).reduce(advance, once)
        expect({ ...again, occurrences: 0, shownAt: 0, shownId: '' }).toEqual({
          ...once,
          occurrences: 0,
          shownAt: 0,
          shownId: '',
        })
      }),
    )
  })

  it('counts each firing once, and its flips one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(F, R, B), fc.option(fc.nat(100)))), (list) => {
        let state = freshKey
        for (const [make, sent] of list) {
          const s = make(sent)
          const next = advance(state, s)
          expect(next.flip - state.flip).toBeLessThanOrEqual(1)
          expect(next.flip).toBeGreaterThanOrEqual(state.flip)
          expect(next.firedFlip).toBeLessThanOrEqual(next.flip)
          expect(next.occurrences).toBe(state.occurrences + (s.kind === 'resolved' ? 0 : 1))
          state = next
        }
      }),
    )
  })
})
