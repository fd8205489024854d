import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ticketStates } from '../../../contract/desk/index.ts'
import { type ClockFacts, clocksOf, nextDue } from './clock-rules.ts'

const at = (minutes: number) => Temporal.Instant.fromEpochMilliseconds(minutes * 60_000)
const facts = (more: Partial<ClockFacts> = {}): ClockFacts => ({
  state: 'new',
  firstResponseAt: null,
  firstResponseDueAt: at(15),
  resolutionDueAt: at(240),
  resolvedAt: null,
  ...more,
})

describe('the next clock', () => {
  it.each<[string, ClockFacts, [string, number] | null]>([
    ['is the first response', facts(), ['first_response', 15]],
    ['is the resolution once answered', facts({ firstResponseAt: at(3) }), ['resolution', 240]],
    ['is the resolution when it comes first', facts({ resolutionDueAt: at(10) }), ['resolution', 10]],
    ['is the response at the same time', facts({ resolutionDueAt: at(15) }), ['first_response', 15]],
    ['is the response when there is no other', facts({ resolutionDueAt: null }), ['first_response', 15]],
    ['is none without targets', facts({ resolutionDueAt: null, firstResponseDueAt: null }), null],
    ['runs in progress', facts({ state: 'in_progress' }), ['first_response', 15]],
    ['stands still while pending', facts({ state: 'pending' }), null],
    ['is none when resolved', facts({ state: 'resolved' }), null],
    ['is none when closed', facts({ state: 'closed' }), null],
    ['is none when cancelled', facts({ state: 'cancelled' }), null],
  ])('%s', (_name, given, expected) => {
    const due = nextDue(given)
    expect(due && [due.name, due.at.epochMilliseconds / 60_000]).toEqual(expected)
  })
})

describe('the clocks on a page', () => {
  const states = (f: ClockFacts) => clocksOf(f).map((c) => `${c.name} ${c.state}`)
  it.each<[string, ClockFacts, string[]]>([
    ['run', facts(), ['first_response running', 'resolution running']],
    ['stand still', facts({ state: 'pending' }), ['first_response paused', 'resolution paused']],
    ['met', facts({ firstResponseAt: at(15) }), ['first_response met', 'resolution running']],
    ['late', facts({ firstResponseAt: at(16) }), ['first_response late', 'resolution running']],
    [
      'resolved in time',
      facts({ state: 'resolved', firstResponseAt: at(3), resolvedAt: at(240) }),
      ['first_response met', 'resolution met'],
    ],
    ['resolved too late, unanswered', facts({ state: 'closed', resolvedAt: at(241) }), ['resolution late']],
    ['cancelled', facts({ state: 'cancelled', firstResponseAt: at(3) }), []],
  ])('%s', (_name, given, expected) => expect(states(given)).toEqual(expected))
})

const moment = fc.option(fc.nat(1_000).map(at))
const anything = fc.record({
  state: fc.constantFrom(...ticketStates),
  firstResponseAt: moment,
  firstResponseDueAt: moment,
  resolutionDueAt: moment,
  resolvedAt: moment,
})

test('the next clock is the earliest of those that run, and nothing else', () => {
  fc.assert(
    fc.property(anything, (f) => {
      const running = clocksOf(f)
        .filter((c) => c.state === 'running')
        .map((c) => c.dueAt.epochMilliseconds)
      expect(nextDue(f)?.at.epochMilliseconds ?? null).toBe(running.length > 0 ? Math.min(...running) : null)
    }),
  )
})
