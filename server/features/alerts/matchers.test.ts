import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Matcher } from '../../../contract/alerts/silence.ts'
import { isLike, type Matchable, matchersInWords, matches } from './matchers.ts'

const facts: Matchable = {
  source: ['id-1', 'nagios', 'Nagios London'],
  service: ['order-entry', 'Equities order entry'],
  host: ['ldn-app-01'],
  environment: ['prod'],
  team: [],
  severity: ['high'],
  title: ['Disk /var is 95% full'],
  key: ['disk/var'],
  labels: { job: 'EOD_FX' },
}

describe('matchers', () => {
  it.each<[string, Matcher['op'], string, boolean]>([
    ['service', 'is', 'ORDER-ENTRY', true],
    ['service', 'is', 'equities order entry', true],
    ['service', 'is', 'order', false],
    ['service', 'is_not', 'wiki', true],
    ['team', 'is', 'l2', false],
    ['team', 'is_not', 'l2', true],
    ['title', 'contains', 'is 95%', true],
    ['host', 'like', 'ldn-*-01', true],
    ['host', 'like', 'par-*', false],
    ['label:job', 'like', 'EOD_*', true],
    ['label:nothing', 'is_not', 'x', true],
    ['label:toString', 'contains', 'native', false],
  ])('%s %s %s: %s', (field, op, value, wanted) => {
    expect(matches([{ field, op, value }], facts)).toBe(wanted)
  })

  it('must all hold', () => {
    expect(
      matches(
        [
          { field: 'host', op: 'is', value: 'ldn-app-01' },
          { field: 'severity', op: 'is', value: 'low' },
        ],
        facts,
      ),
    ).toBe(false)
  })

  it('like is what a regular expression with .* says, and takes no time for any pattern', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 })
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 })
    fc.assert(
      fc.property(short, pattern, (t, p) => {
        expect(isLike(t, p)).toBe(new RegExp(`^${p.replaceAll('*', '.*')}$`).test(t))
      }),
    )
    const started = performance.now()
    isLike('a'.repeat(100_000), `${'a*'.repeat(50)}b`)
    expect(performance.now() - started).toBeLessThan(200)
  })

  it('are told in words', () => {
    expect(
      matchersInWords([
        { field: 'host', op: 'is_not', value: 'a' },
        { field: 'label:job', op: 'like', value: 'x*' },
      ]),
    ).toBe('host is not a and label:job is like x*')
  })
})
