import { describe, expect, it } from 'vitest'
import { defaultRules, type HierarchyRule } from '../../../../contract/desk/index.ts'
import { type HierarchyFacts, momentsOf } from './steps.ts'

const at = (t: string) => Temporal.Instant.from(`2026-11-23T${t}:00Z`)
const facts = (more: Partial<HierarchyFacts> = {}): HierarchyFacts => ({
  priority: 1,
  open: true,
  untakenSince: null,
  waiting: null,
  resolutionAt: () => null,
  reopened: 0,
  ...more,
})
const clock = (percent: number) => at('07:00').add({ minutes: (120 * percent) / 100 })
const waiting = { id: 'e1', since: at('07:00'), to: 'DBA' }
const said = (f: HierarchyFacts, rules: readonly HierarchyRule[] = defaultRules) =>
  momentsOf(f, rules).map((m) => `${m.at.toString().slice(11, 16)} ${m.tell}: ${m.why}`)

describe('when leads and managers are told', () => {
  it.each<[string, Partial<HierarchyFacts>, string[]]>([
    [
      'a P1 that nobody takes',
      { untakenSince: at('07:00') },
      [
        '07:15 leads: P1, and nobody has taken it for 15 min.',
        '07:30 managers: P1, and nobody has taken it for 30 min.',
        '08:00 leads: P1, and nobody has taken it for 1 h.',
      ],
    ],
    [
      'a P2 that nobody takes',
      { priority: 2, untakenSince: at('07:00') },
      ['08:00 leads: P2, and nobody has taken it for 1 h.'],
    ],
    ['a P3 that nobody takes', { priority: 3, untakenSince: at('07:00') }, []],
    [
      'an escalation of a P4 that nobody accepts',
      { priority: 4, waiting },
      ['15:00 leads: It was escalated to DBA and has not been accepted for 8 h.'],
    ],
    [
      'the clock of a P2',
      { priority: 2, resolutionAt: clock },
      [
        '08:36 leads: 80 % of the time to resolve it are used.',
        '09:00 managers: The time to resolve it is over.',
        '09:00 leads: The time to resolve it is over.',
      ],
    ],
    ['a clock that stands still', { priority: 2 }, []],
    ['a ticket that is over', { open: false, untakenSince: at('07:00'), waiting, resolutionAt: clock }, []],
  ])('%s', (_, given, expected) => expect(said(facts(given))).toEqual(expected))

  it('counts anew after a reopening and for another escalation: those are other steps', () => {
    const steps = (more: Partial<HierarchyFacts>) => momentsOf(facts(more), defaultRules).map((m) => m.step)
    const first = steps({ untakenSince: at('07:00'), waiting, resolutionAt: clock })
    const second = steps({
      untakenSince: at('07:00'),
      waiting: { ...waiting, id: 'e2' },
      resolutionAt: clock,
      reopened: 1,
    })
    expect(new Set([...first, ...second]).size).toBe(first.length + second.length)
  })

  it('the same rule twice is one step', () => {
    const rule: HierarchyRule = { when: 'not_taken', priority: 1, minutes: 15, tell: 'leads' }
    expect(momentsOf(facts({ untakenSince: at('07:00') }), [rule, { ...rule, priority: 3 }])).toHaveLength(1)
  })
})
