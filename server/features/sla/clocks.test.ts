import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SlaTarget, SlaTargets } from '../../../contract/sla/index.ts'
import type { CalendarRules } from '../calendars/index.ts'
import { clocksOf, nextDue, type SlaClock } from './clocks.ts'
import type { ClockFact } from './facts.ts'
import type { PolicyRules } from './policy-rules.ts'

const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' }))
const easter = [
  { date: '2026-04-03', open: [], name: 'Good Friday' },
  { date: '2026-04-06', open: [], name: 'Easter Monday' },
]
const C: CalendarRules = { zone: 'Europe/London', weekly, exceptions: easter, validThrough: '2027-12-31' }
const at = (text: string) => Temporal.Instant.from(text)
const wait = (given: Partial<SlaTarget>): SlaTarget => ({
  firstResponse: null,
  update: null,
  resolution: null,
  clock: 'support',
  ...given,
})
const policy = (targets: Partial<SlaTargets>, more: Partial<PolicyRules> = {}): PolicyRules => ({
  name: 'Standard',
  version: 1,
  targets: { P1: wait({}), P2: wait({}), P3: wait({}), P4: wait({}), P5: wait({}), ...targets },
  warnPercent: 75,
  onReopen: 'resume',
  onReclass: 'retroactive',
  pauseReasons: ['user', 'vendor', 'change', 'scheduled'],
  cutOffs: [],
  ...more,
})
const clocks = (facts: ClockFact[], rules: PolicyRules, now: string, calendar: CalendarRules | null = C) =>
  clocksOf({
    facts,
    policy: rules,
    calendar: calendar && { id: 'c', name: 'London support', version: 4, rules: calendar },
    now: at(now),
  })
const one = (all: readonly SlaClock[], clock: SlaClock['clock']) => all.findLast((c) => c.clock === clock) as SlaClock
const opened = (when: string, priority = 3): ClockFact => ({ at: at(when), what: 'opened', priority })
const pended = (when: string, reason = 'user'): ClockFact => ({ at: at(when), what: 'pended', reason })
const fact = (when: string, what: 'customer' | 'agent' | 'resumed' | 'first_response' | 'cancelled'): ClockFact => ({
  at: at(when),
  what,
})
const resolved = (when: string, human = true): ClockFact => ({ at: at(when), what: 'resolved', human })
const reopened = (when: string, slip = false): ClockFact => ({ at: at(when), what: 'reopened', slip })
const priority = (when: string, to: number): ClockFact => ({ at: at(when), what: 'priority', priority: to })
const hours = (n: number, more: Partial<SlaTarget> = {}) => policy({ P3: wait({ resolution: n * 60, ...more }) })
const due = (facts: ClockFact[], rules: PolicyRules, now = '2026-01-01T00:00:00Z') =>
  String(one(clocks(facts, rules, now), 'resolution').dueAt)

// C is Monday to Friday 08:00 to 18:00 in London with two Easter holidays. The numbers are those of the collection.
describe('worked examples', () => {
  test.each<[string, ClockFact[], PolicyRules, string]>([
    ['1 over the night', [opened('2026-01-12T16:00:00Z')], hours(4), '2026-01-13T10:00:00Z'],
    ['2 opened on a Saturday', [opened('2026-01-10T11:00:00Z')], hours(4), '2026-01-12T12:00:00Z'],
    ['3 an hour before closing', [opened('2026-01-12T17:00:00Z')], hours(4), '2026-01-13T11:00:00Z'],
    [
      '5 pending for three hours',
      [opened('2026-01-12T09:00:00Z'), pended('2026-01-12T11:00:00Z'), fact('2026-01-12T14:00:00Z', 'resumed')],
      hours(8),
      '2026-01-13T10:00:00Z',
    ],
    [
      '6 pending over the weekend counts in open time, not by the wall',
      [opened('2026-01-09T16:00:00Z'), pended('2026-01-09T17:00:00Z'), fact('2026-01-12T09:00:00Z', 'resumed')],
      hours(8),
      '2026-01-12T16:00:00Z',
    ],
    ['8 over Easter into summer time', [opened('2026-04-02T16:00:00Z')], hours(4), '2026-04-07T10:00:00Z'],
    [
      '9 around the clock over the change to summer time',
      [opened('2026-03-28T23:30:00Z')],
      hours(4, { clock: 'always' }),
      '2026-03-29T03:30:00Z',
    ],
    [
      '11 raised to P1, counted from the opening',
      [opened('2026-01-12T10:00:00Z'), priority('2026-01-12T13:00:00Z', 1)],
      policy({ P1: wait({ resolution: 240 }), P3: wait({ resolution: 1_440 }) }),
      '2026-01-12T14:00:00Z',
    ],
    [
      '11 raised to P1, counted from the change',
      [opened('2026-01-12T10:00:00Z'), priority('2026-01-12T13:00:00Z', 1)],
      policy({ P1: wait({ resolution: 240 }), P3: wait({ resolution: 1_440 }) }, { onReclass: 'from_change' }),
      '2026-01-12T17:00:00Z',
    ],
    [
      '12 a goal of three hours becomes two',
      [opened('2026-01-12T10:00:00Z', 4), priority('2026-01-12T11:00:00Z', 3)],
      policy({ P4: wait({ resolution: 180 }), P3: wait({ resolution: 120 }) }),
      '2026-01-12T12:00:00Z',
    ],
  ])('%s', (_, facts, rules, expected) => {
    expect(due(facts, rules, String(facts.at(-1)?.at))).toBe(expected)
  })

  test('3 the warning comes an hour of open time before', () => {
    const [clock] = clocks([opened('2026-01-12T17:00:00Z')], hours(4), '2026-01-12T17:00:00Z')
    expect(String(clock?.warnAt)).toBe('2026-01-13T10:00:00Z')
  })

  test('14 raised after its new time was over: over time at once, counted apart', () => {
    const rules = policy({ P1: wait({ resolution: 60 }), P3: wait({ resolution: 1_440 }) })
    const facts = [opened('2026-01-12T09:00:00Z'), priority('2026-01-12T12:00:00Z', 1)]
    const [clock] = clocks(facts, rules, '2026-01-12T12:00:00Z')
    expect(clock).toMatchObject({ state: 'breached_on_reclass' })
    expect(String(clock?.dueAt)).toBe('2026-01-12T10:00:00Z')
    // Later it is still that, also when it is stopped; one that was over time before is an ordinary breach.
    const late = [...facts, resolved('2026-01-12T13:00:00Z')]
    expect(clocks(late, rules, '2026-01-12T14:00:00Z')[0]?.state).toBe('breached_on_reclass')
    const before = policy({ P1: wait({ resolution: 60 }), P3: wait({ resolution: 90 }) })
    expect(clocks(facts, before, '2026-01-12T12:00:00Z')[0]?.state).toBe('breached')
  })

  const asked = policy({ P3: wait({ firstResponse: 120, update: 60, resolution: 2_400 }) })
  test('15 a word of the requester starts the update, an answer ends it', () => {
    const facts = [
      opened('2026-01-12T16:00:00Z'),
      fact('2026-01-12T16:30:00Z', 'first_response'),
      fact('2026-01-12T17:30:00Z', 'customer'),
    ]
    const waiting = clocks(facts, asked, '2026-01-12T17:30:00Z')
    expect(nextDue(waiting)).toMatchObject({ clock: 'update' })
    expect(String(nextDue(waiting)?.dueAt)).toBe('2026-01-13T08:30:00Z')
    const answered = clocks([...facts, fact('2026-01-13T08:10:00Z', 'agent')], asked, '2026-01-13T08:10:00Z')
    expect(one(answered, 'update')).toMatchObject({ state: 'met', elapsedMinutes: 40 })
    expect(nextDue(answered)).toMatchObject({ clock: 'resolution' })
  })

  test('17 on a new ticket the first response is next, and the update does not beat it', () => {
    const rules = policy({ P3: wait({ firstResponse: 120, update: 30, resolution: 2_400 }) })
    const facts = [opened('2026-01-12T09:00:00Z'), fact('2026-01-12T09:10:00Z', 'customer')]
    const all = clocks(facts, rules, '2026-01-12T09:20:00Z')
    expect(nextDue(all)).toMatchObject({ clock: 'first_response' })
    expect(all.some((c) => c.clock === 'update')).toBe(false)
    // Without a target for the first response the word starts the update.
    const without = policy({ P3: wait({ update: 30, resolution: 2_400 }) })
    expect(nextDue(clocks(facts, without, '2026-01-12T09:20:00Z'))).toMatchObject({ clock: 'update' })
  })

  test('18 merged: the clocks of the one end, those of the other count from the earliest', () => {
    const merged: ClockFact = { at: at('2026-01-12T10:00:00Z'), what: 'merged', into: 'INC-1' }
    const child = clocks([opened('2026-01-12T09:00:00Z'), merged], asked, '2026-01-14T10:00:00Z')
    expect(child.map((c) => c.state)).toEqual(['cancelled', 'cancelled'])
    expect(nextDue(child)).toBeNull()
    expect(child[1]?.tell().at(-1)).toBe('It ended at 10:00 London, because it was merged into INC-1.')
    const startedAt = at('2026-01-12T09:00:00Z')
    const since: ClockFact = {
      at: at('2026-01-12T10:00:00Z'),
      what: 'counts_from',
      startedAt,
      words: 'when INC-2, merged into it, was opened',
    }
    const survivor = clocks([opened('2026-01-12T09:45:00Z'), since], hours(4), '2026-01-12T10:00:00Z')
    expect(String(survivor[0]?.dueAt)).toBe('2026-01-12T13:00:00Z')
    expect(survivor[0]?.tell()[0]).toContain('from 09:00 London, when INC-2, merged into it, was opened.')
  })
})

describe('what other desks got wrong', () => {
  test('a pause that was there before the terms changed still counts', () => {
    const facts = [
      opened('2026-01-12T09:00:00Z'),
      pended('2026-01-12T10:00:00Z'),
      fact('2026-01-12T12:00:00Z', 'resumed'),
      priority('2026-01-12T13:00:00Z', 1),
    ]
    const rules = policy({ P1: wait({ resolution: 240 }), P3: wait({ resolution: 1_440 }) })
    expect(due(facts, rules, '2026-01-12T13:00:00Z')).toBe('2026-01-12T15:00:00Z')
  })

  test('answered is answered: another priority does not judge it anew', () => {
    const rules = policy({ P1: wait({ firstResponse: 15 }), P3: wait({ firstResponse: 240 }) })
    const facts = [
      opened('2026-01-12T09:00:00Z'),
      fact('2026-01-12T10:00:00Z', 'first_response'),
      priority('2026-01-12T11:00:00Z', 1),
    ]
    expect(clocks(facts, rules, '2026-01-12T11:00:00Z')[0]).toMatchObject({ state: 'met', targetMinutes: 240 })
  })

  test('while it waits there is no due time, and what is left stays', () => {
    const facts = [opened('2026-01-12T09:00:00Z'), pended('2026-01-12T11:00:00Z')]
    const [clock] = clocks(facts, hours(8), '2026-01-14T11:00:00Z')
    expect(clock).toMatchObject({ state: 'paused', dueAt: null, elapsedMinutes: 120, ticking: false })
    expect(clock?.tell()).toEqual([
      'P3: resolution within 8 h, counted in the open hours of London support, from 09:00 London, when it was opened.',
      'It stood still from 11:00 London on (waiting for the requester).',
      '2 h of it are used; 6 h are left when it goes on.',
    ])
  })

  test('waiting for what the policy does not name stops nothing', () => {
    const rules = { ...hours(8), pauseReasons: ['user'] }
    const facts = [opened('2026-01-12T09:00:00Z'), pended('2026-01-12T11:00:00Z', 'vendor')]
    expect(clocks(facts, rules, '2026-01-12T11:00:00Z')[0]).toMatchObject({ state: 'running' })
    const both = [...facts, pended('2026-01-12T12:00:00Z'), pended('2026-01-12T13:00:00Z', 'vendor')]
    expect(due(both, rules, '2026-01-12T13:00:00Z')).toBe('2026-01-12T18:00:00Z')
  })

  test('a calendar that never opens is told as a mistake in the set-up', () => {
    const shut = {
      ...C,
      weekly: [],
      exceptions: [{ date: '2020-01-01', open: [{ from: '08:00', to: '09:00' }], name: '' }],
    }
    const [clock] = clocks([opened('2026-01-12T09:00:00Z')], hours(4), '2026-01-12T09:00:00Z', shut)
    expect(clock).toMatchObject({ dueAt: null, state: 'running' })
    expect(clock?.problem).toBe(
      'The calendar has no open hours in the 400 days after 2026-01-12T09:00:00Z: add weekly hours to it.',
    )
    expect(clock?.tell()[1]).toContain('There is no due time. The calendar has no open hours')
  })

  test('at the very moment it is met; without an answer it is over time from that moment on', () => {
    const facts = [opened('2026-01-12T09:00:00Z')]
    expect(clocks(facts, hours(1), '2026-01-12T10:00:00Z')[0]?.state).toBe('breached')
    expect(clocks([...facts, resolved('2026-01-12T10:00:00Z')], hours(1), '2026-01-12T12:00:00Z')[0]?.state).toBe('met')
  })
})

describe('reopened', () => {
  const facts = [opened('2026-01-12T09:00:00Z'), resolved('2026-01-12T11:00:00Z'), reopened('2026-01-12T15:00:00Z')]
  test.each([
    ['resume', '2026-01-13T11:00:00Z', 1],
    ['continue', '2026-01-12T17:00:00Z', 1],
    ['new_cycle', '2026-01-13T13:00:00Z', 2],
  ] as const)('%s', (onReopen, expected, cycle) => {
    const clock = one(clocks(facts, { ...hours(8), onReopen }, '2026-01-12T15:00:00Z'), 'resolution')
    expect([String(clock.dueAt), clock.cycle]).toEqual([expected, cycle])
  })

  test('a slip that is taken back is as if it had not been, whatever the rule', () => {
    const slip = [
      opened('2026-01-12T09:00:00Z'),
      resolved('2026-01-12T11:00:00Z'),
      reopened('2026-01-12T11:00:20Z', true),
    ]
    for (const onReopen of ['resume', 'continue', 'new_cycle'] as const)
      expect(due(slip, { ...hours(8), onReopen }, '2026-01-12T12:00:00Z')).toBe('2026-01-12T17:00:00Z')
  })

  test('over by itself before anybody answered: nobody waits for the response; opened again, they do', () => {
    const rules = policy({ P3: wait({ firstResponse: 240 }) })
    const over = [opened('2026-01-12T09:00:00Z'), resolved('2026-01-12T10:00:00Z', false)]
    expect(clocks(over, rules, '2026-01-12T11:00:00Z')[0]?.state).toBe('cancelled')
    const again = clocks([...over, reopened('2026-01-12T12:00:00Z')], rules, '2026-01-12T12:00:00Z')
    expect(again[0]).toMatchObject({ state: 'running', elapsedMinutes: 60 })
  })
})

test('a cut-off ends at its time of day, and waiting does not move it', () => {
  const cutOff = { name: 'Before the New York close', atTime: '17:00', zone: 'America/New_York', days: [1, 2, 3, 4, 5] }
  const rules = policy({}, { cutOffs: [{ ...cutOff, priorities: [1], warnMinutes: 60 }] })
  const facts = [opened('2026-01-12T09:00:00Z', 1), pended('2026-01-12T10:00:00Z')]
  const [clock] = clocks(facts, rules, '2026-01-12T10:00:00Z')
  expect([String(clock?.dueAt), String(clock?.warnAt)]).toEqual(['2026-01-12T22:00:00Z', '2026-01-12T21:00:00Z'])
  expect(clock).toMatchObject({ label: 'Before the New York close', ticking: true })
  expect(clocks([opened('2026-01-12T09:00:00Z', 2)], rules, '2026-01-12T10:00:00Z')).toEqual([])
})

test('the derivation tells what a person can check', () => {
  const facts = [
    opened('2026-01-09T16:00:00Z'),
    pended('2026-01-09T17:00:00Z', 'vendor'),
    fact('2026-01-12T09:00:00Z', 'resumed'),
  ]
  const [running] = clocks(facts, hours(8), '2026-01-12T09:00:00Z')
  expect(running?.tell()).toEqual([
    'P3: resolution within 8 h, counted in the open hours of London support, from 16:00 London, when it was opened.',
    'It stood still from 17:00 London to Mon 12 Jan 09:00 London (waiting for the vendor).',
    'Due Mon 12 Jan 16:00 London. A warning comes at Mon 12 Jan 14:00 London, when 75 % is used.',
  ])
  const [met] = clocks([...facts, resolved('2026-01-12T15:30:00Z')], hours(8), '2026-01-12T16:00:00Z')
  expect(met?.tell().at(-1)).toBe('Met: resolved at Mon 12 Jan 15:30 London, after 7 h 30 min.')
  const [late] = clocks([...facts, resolved('2026-01-12T16:30:00Z')], hours(8), '2026-01-12T17:00:00Z')
  expect(late?.tell().at(-1)).toBe('Too late: resolved at Mon 12 Jan 16:30 London, after 8 h 30 min.')
  const beyond = clocks([opened('2027-12-31T17:30:00Z')], hours(1), '2027-12-31T17:30:00Z')
  expect(beyond[0]?.tell()[1]).toContain('known through 2027-12-31 only, so this may move.')
})

describe('always', () => {
  const start = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 6) })
  const minutes = fc.integer({ min: 1, max: 10_000 })
  const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)
  type Wait = readonly [number, number]
  const facts = (from: number, waits: readonly Wait[]): ClockFact[] =>
    [
      opened(String(instant(from))),
      ...waits.flatMap(([after, length]): ClockFact[] => [
        { at: instant(from + after * 60_000), what: 'pended', reason: 'user' },
        { at: instant(from + (after + length) * 60_000), what: 'resumed' },
      ]),
    ].sort((a, b) => Temporal.Instant.compare(a.at, b.at))
  const dueOf = (from: number, m: number, waits: readonly Wait[] = [], rules = C) => {
    const list = facts(from, waits)
    const now = String(list.at(-1)?.at)
    return clocks(list, policy({ P3: wait({ resolution: m }) }), now, rules)[0]?.dueAt?.epochMilliseconds ?? Number.NaN
  }
  const pause = fc.tuple(fc.nat(3_000), fc.integer({ min: 1, max: 3_000 }))

  test('a longer target, or a longer pause, is never due earlier', () => {
    fc.assert(
      fc.property(start, minutes, minutes, pause, fc.nat(2_000), (from, m, more, [after, length], longer) => {
        expect(dueOf(from, m + more)).toBeGreaterThanOrEqual(dueOf(from, m))
        expect(dueOf(from, m, [[after, length + longer]])).toBeGreaterThanOrEqual(dueOf(from, m, [[after, length]]))
        expect(dueOf(from, m, [[after, length]])).toBeGreaterThanOrEqual(dueOf(from, m))
      }),
    )
  })

  test('a further holiday never makes it earlier', () => {
    fc.assert(
      fc.property(start, minutes, fc.nat(30), pause, (from, m, ahead, stood) => {
        const date = instant(from).toZonedDateTimeISO('Europe/London').toPlainDate().add({ days: ahead }).toString()
        const exceptions = [...easter.filter((e) => e.date !== date), { date, open: [], name: 'Extra' }]
        expect(dueOf(from, m, [stood], { ...C, exceptions })).toBeGreaterThanOrEqual(dueOf(from, m, [stood]))
      }),
    )
  })

  test('a pause in two adjacent parts is one pause', () => {
    fc.assert(
      fc.property(start, minutes, pause, fc.integer({ min: 1, max: 2_000 }), (from, m, [after, length], second) => {
        expect(
          dueOf(from, m, [
            [after, length],
            [after + length, second],
          ]),
        ).toBe(dueOf(from, m, [[after, length + second]]))
      }),
    )
  })

  test('as much open time passes as the target says, neither more nor less', () => {
    fc.assert(
      fc.property(start, minutes, pause, (from, m, stood) => {
        const at = dueOf(from, m, [stood])
        const list = facts(from, [stood]).filter((f) => f.at.epochMilliseconds <= at)
        const clock = clocks(list, policy({ P3: wait({ resolution: m }) }), String(instant(at)))[0]
        expect(clock?.elapsedMinutes).toBeCloseTo(m, 6)
      }),
    )
  })

  test('the same facts give the same answer, wherever the server stands', () => {
    const before = process.env.TZ
    try {
      const answers = ['UTC', 'Australia/Lord_Howe', 'America/Nuuk'].map((zone) => {
        process.env.TZ = zone
        const [c] = clocks([opened('2026-04-02T16:00:00Z')], hours(4), '2026-04-02T16:00:00Z')
        return JSON.stringify([c, c?.tell()])
      })
      expect(new Set(answers).size).toBe(1)
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  })
})
