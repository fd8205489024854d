import { describe, expect, it } from 'vitest'
import type { Face, Gap, Policy, Rota } from './data.ts'
import { decisionsOf, whileNobody } from './decisions.ts'

const at = (day: number, hour: number) => Date.UTC(2026, 10, day, hour)
const iso = (ms: number) => new Date(ms).toISOString()
const gap = (from: number, to: number, outsideHours = false): Gap => ({ from: iso(from), to: iso(to), outsideHours })
const rota = (name: string, gaps: Gap[], final: Rota['final'] = []): Rota => ({
  schedule: { id: name, name, slug: name, zone: 'Europe/London' },
  team: { id: 't', name: 'Team' },
  layers: [],
  final,
  gaps,
  overrides: [],
})
type Target = Policy['steps'][number]['targets'][number]
const on = (name: string): Target => ({ kind: 'schedule', id: name, name, now: [] })
const user = (name: string): Target => ({ kind: 'user', id: name, name, now: [] })
const policy = (name: string, ...steps: Target[][]): Policy => ({
  id: name,
  slug: name,
  name,
  team: null,
  steps: steps.map((targets, i) => ({ delayMinutes: i === 0 ? 0 : 5, targets })),
  repeats: 0,
  ackTimeoutMinutes: null,
  services: [],
  version: 1,
})
const now = at(23, 12)
const told = (items: Rota[], policies: Policy[] = [], people: Face[] = []) =>
  decisionsOf({ items, people }, policies, now, 'Europe/London').map(
    (d) => `${d.tone}: ${[d.title, ...d.words].join(' | ')}`,
  )

describe('while nobody is on call', () => {
  it.each<[string, Policy, string[]]>([
    [
      'the next step follows',
      policy('Critical', [on('L2')], [on('L2 second')]),
      ['Critical goes straight to whoever is on call for L2 second.'],
    ],
    ['others of the step are paged alone', policy('Critical', [on('L2'), user('Ana')]), ['Critical pages Ana alone.']],
    [
      'a step of the same schedule is no way out',
      policy('Critical', [on('L2')], [on('L2')]),
      ['Critical would reach nobody.'],
    ],
    ['a later step is left out', policy('Critical', [user('Ana')], [on('L2')]), ['Critical ends without this step.']],
    ['a policy that does not name it does not matter', policy('Other', [on('DBA')]), []],
  ])('%s', (_name, p, expected) => expect(whileNobody('L2', [p]).map(({ words }) => words)).toEqual(expected))
})

describe('what needs a decision', () => {
  const critical = policy('Critical', [on('L2')], [user('Dan R.')])
  it('is each gap in the hours, from now on, the earliest first', () => {
    const gaps = [gap(at(28, 7), at(28, 15)), gap(at(22, 0), at(23, 14)), gap(at(22, 0), at(23, 11))]
    expect(told([rota('L2', gaps)], [critical])).toEqual([
      'down: L2, Mon 23 Nov 12:00–14:00: nobody | Critical goes straight to Dan R.',
      'down: L2, Sat 28 Nov 07:00–15:00: nobody | Critical goes straight to Dan R.',
    ])
  })
  it('is the time outside the hours once, when a policy counts on the schedule, and last', () => {
    const nights = [gap(at(23, 19), at(24, 7), true), gap(at(24, 19), at(25, 7), true)]
    expect(told([rota('L2', nights), rota('DBA', [gap(at(25, 0), at(25, 1))])], [critical])).toEqual([
      'down: DBA, Wed 25 Nov 00:00–01:00: nobody',
      'warn: L2: nobody outside its hours, 1 d of the next 7 days | Critical goes straight to Dan R.',
    ])
    expect(told([rota('L2', nights)])).toEqual([])
    expect(told([rota('L2', nights)], [policy('Alone', [on('L2')])])).toEqual([
      'down: L2: nobody outside its hours, 1 d of the next 7 days | Alone would reach nobody.',
    ])
  })
  it('is no time outside the hours that another schedule of the same step covers', () => {
    const shift = (from: number, to: number): Rota['final'][number] => ({
      user: { id: 'yui', name: 'Yui M.' },
      from: iso(from),
      to: iso(to),
      source: { kind: 'rotation' as const, id: 'w', name: 'Week', inPlaceOf: null },
    })
    const day = rota('L2', [gap(at(23, 19), at(24, 7), true), gap(at(24, 19), at(25, 7), true)])
    const nights = (...final: Rota['final']) => rota('L2 nights', [], final)
    const both = policy('Critical', [on('L2'), on('L2 nights')])
    expect(told([day, nights(shift(at(23, 19), at(24, 1)), shift(at(24, 1), at(25, 9)))], [both])).toEqual([])
    // An hour of the second night has nobody.
    expect(told([day, nights(shift(at(23, 19), at(24, 7)), shift(at(24, 20), at(25, 9)))], [both])).toEqual([
      'warn: L2: nobody outside its hours, 1 d of the next 7 days | Critical pages whoever is on call for L2 nights alone.',
    ])
  })
  it('is somebody on call whose account is disabled', () => {
    const shift = {
      user: { id: 'sam', name: 'Sam O.' },
      from: iso(at(22, 7)),
      to: iso(at(24, 7)),
      source: { kind: 'rotation' as const, id: 'w', name: 'Week', inPlaceOf: null },
    }
    const sam = { id: 'sam', name: 'Sam O.', zone: 'Europe/London', active: false }
    expect(told([rota('L2', [], [shift])], [], [sam])).toEqual([
      'down: L2, Mon 23 Nov 12:00 – Tue 24 Nov 07:00: Sam O. cannot be paged | The account is disabled, so that a page passes over it.',
    ])
    expect(told([rota('L2', [], [shift])], [], [{ ...sam, active: true }])).toEqual([])
  })
})
