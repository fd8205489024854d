import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type ImpactFacts, proposeImpact, proposeUrgency, tierOf, type UrgencyFacts } from './propose.ts'

const incident: ImpactFacts = { kind: 'incident', environment: 'prod', service: null, dependents: [], units: 0 }
const of = (tier: number, units: number, more: Partial<ImpactFacts> = {}): ImpactFacts => ({
  ...incident,
  service: { name: 'Blotter', tier },
  units,
  ...more,
})
const above = (tier: number) => ({ dependents: [{ name: 'Order entry', tier }] })

describe('impact', () => {
  it.each<[string, ImpactFacts, string, string]>([
    ['tier 1', of(1, 2), 'high', 'tier 1 service, 2 business units'],
    ['tier 1 that nobody is known to use', of(1, 0), 'high', 'tier 1 service'],
    ['tier 2 with one unit', of(2, 1), 'medium', 'tier 2 service, 1 business unit'],
    ['tier 2 with several units', of(2, 2), 'high', 'tier 2 service, 2 business units'],
    ['tier 3 with one unit', of(3, 1), 'low', 'tier 3 service, 1 business unit'],
    ['tier 3 with several units', of(3, 3), 'medium', 'tier 3 service, 3 business units'],
    ['tier 4', of(4, 9), 'low', 'tier 4 service, 9 business units'],
    [
      'a database under tier 1',
      of(3, 1, above(1)),
      'high',
      'tier 1 service Order entry depends on it, 1 business unit',
    ],
    ['a service above that matters less', of(2, 0, above(3)), 'medium', 'tier 2 service'],
    ['no service', incident, 'medium', 'no service is named'],
    ['uat, one step less', of(1, 2, { environment: 'uat' }), 'medium', 'tier 1 service, 2 business units, in uat'],
    ['dev', of(1, 2, { environment: 'dev' }), 'low', 'in dev'],
    ['a request', of(1, 2, { kind: 'request' }), 'low', 'a request hurts nobody'],
    ['a change', of(1, 2, { kind: 'change' }), 'low', 'a change hurts nobody'],
    ['a problem, as its incidents', of(1, 2, { kind: 'problem' }), 'high', 'tier 1 service, 2 business units'],
  ])('%s', (_name, facts, level, because) => {
    expect(proposeImpact(facts)).toEqual({ level, because })
  })
})

const MIN = 60_000
const cutOff = (minutes: number) => ({ inMs: minutes * MIN, words: '07:45 London' })
const pressing: UrgencyFacts = { kind: 'incident', environment: 'prod', tier: 3, cutOff: null }

describe('urgency', () => {
  it.each<[string, UrgencyFacts, string, string]>([
    ['within the hour', { ...pressing, cutOff: cutOff(33) }, 'high', 'cut-off 07:45 London in 33 min'],
    ['at the hour', { ...pressing, cutOff: cutOff(60) }, 'high', 'cut-off 07:45 London in 1 h'],
    ['at the cut-off', { ...pressing, cutOff: cutOff(0) }, 'high', 'cut-off 07:45 London in less than a minute'],
    ['just over the hour', { ...pressing, cutOff: cutOff(61) }, 'medium', 'cut-off 07:45 London in 1 h 1 min'],
    ['at four hours', { ...pressing, cutOff: cutOff(240) }, 'medium', 'cut-off 07:45 London in 4 h'],
    ['beyond', { ...pressing, cutOff: cutOff(241) }, 'low', 'cut-off 07:45 London in 4 h 1 min'],
    [
      'beyond, but tier 2',
      { ...pressing, tier: 2, cutOff: cutOff(1430) },
      'medium',
      'cut-off 07:45 London in 23 h 50 min, but tier 2 is in use all day',
    ],
    ['none known', pressing, 'medium', 'no cut-off is known'],
    ['no service at all', { ...pressing, tier: null }, 'medium', 'no cut-off is known'],
    ['uat', { ...pressing, environment: 'uat', cutOff: cutOff(3) }, 'medium', 'cut-offs do not count in uat'],
    ['test', { ...pressing, environment: 'test', cutOff: cutOff(3) }, 'low', 'cut-offs do not count in test'],
    ['a request', { ...pressing, kind: 'request', cutOff: cutOff(3) }, 'medium', 'a request'],
    ['a problem', { ...pressing, kind: 'problem', cutOff: cutOff(3) }, 'low', 'a problem can be planned'],
    ['a change', { ...pressing, kind: 'change' }, 'low', 'a change can be planned'],
  ])('%s', (_name, facts, level, because) => {
    expect(proposeUrgency(facts)).toEqual({ level, because })
  })
})

const rank = (level: string) => ['high', 'medium', 'low'].indexOf(level)
const tier = fc.integer({ min: 1, max: 4 })
const units = fc.nat(20)
const environment = fc.constantFrom('prod', 'uat', 'test', 'dev')
const kind = fc.constantFrom('incident', 'request', 'problem', 'change')

describe('whatever the facts', () => {
  test('a more critical service, more units or a more critical one above never lowers the impact', () => {
    fc.assert(
      fc.property(tier, tier, units, units, tier, environment, kind, (a, b, m, n, up, environment, kind) => {
        const strong = of(Math.min(a, b), Math.max(m, n), { environment, kind, ...above(up) })
        const weak = of(Math.max(a, b), Math.min(m, n), { environment, kind })
        expect(rank(proposeImpact(strong).level)).toBeLessThanOrEqual(rank(proposeImpact(weak).level))
      }),
    )
  })

  test('a nearer cut-off or a more critical tier never lowers the urgency', () => {
    const minutes = fc.integer({ min: 0, max: 10_000 })
    fc.assert(
      fc.property(tier, tier, minutes, minutes, environment, kind, (a, b, m, n, environment, kind) => {
        const strong = { kind, environment, tier: Math.min(a, b), cutOff: cutOff(Math.min(m, n)) }
        const weak = { kind, environment, tier: Math.max(a, b), cutOff: cutOff(Math.max(m, n)) }
        expect(rank(proposeUrgency(strong).level)).toBeLessThanOrEqual(rank(proposeUrgency(weak).level))
      }),
    )
  })

  test('production is never less pressing than uat, and uat never less than test', () => {
    fc.assert(
      fc.property(tier, units, kind, (t, n, kind) => {
        const [prod, uat, test] = (['prod', 'uat', 'test'] as const).map((environment) =>
          rank(proposeImpact(of(t, n, { environment, kind })).level),
        )
        expect(prod).toBeLessThanOrEqual(uat ?? -1)
        expect(uat).toBeLessThanOrEqual(test ?? -1)
      }),
    )
  })

  test('the tier is that of the most critical among the service and what depends on it', () => {
    fc.assert(
      fc.property(tier, fc.array(tier), (own, others) => {
        const dependents = others.map((t) => ({ name: 'x', tier: t }))
        expect(tierOf({ name: 'y', tier: own }, dependents)).toBe(Math.min(own, ...others))
      }),
    )
    expect(tierOf(null, [])).toBeNull()
  })
})
