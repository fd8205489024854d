import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countsOn, judge, type Outcome, type Present, type Rule, remember } from './judge.ts'

const letters: Record<string, Outcome> = { o: 'ok', d: 'degraded', f: 'failed', b: 'blind' }
const three: Rule = { downAfter: 3, ofLooks: 3, upAfter: 1 }
const twoOfThree: Rule = { downAfter: 2, ofLooks: 3, upAfter: 1 }
const slowUp: Rule = { downAfter: 1, ofLooks: 1, upAfter: 3 }

/** The states after each look, as the batches keep them. */
const states = (present: Present, rule: Rule, looks: string): Present[] => {
  let now = present
  let kept: Outcome[] = []
  return [...looks].map((letter) => {
    kept = remember(kept, letters[letter] as Outcome, rule)
    const verdict = judge(now, kept, rule)
    if (verdict && !countsOn(now, verdict.state)) kept = []
    now = verdict?.state ?? now
    return now
  })
}
const shorts = { up: 'u', down: 'D', degraded: 's', unknown: '?' }
const short = (all: Present[]) => all.map((s) => (s === null ? '.' : shorts[s])).join('')

describe('the last looks decide', () => {
  it.each([
    ['three failed looks in a row, and one that is fine', 'up', three, 'ffffoo', 'uuDDuu'],
    ['a single failed look is no trouble', 'up', three, 'foffofo', 'uuuuuuu'],
    ['two of three', 'up', twoOfThree, 'fofo', 'uuDu'],
    ['after a recovery, only fresh looks count', 'up', twoOfThree, 'ffofof', 'uDuuuD'],
    ['up only after three in a row', 'down', slowUp, 'oofooof', 'DDDDDuD'],
    ['up after three that did not fail', 'down', slowUp, 'odoooo', 'DDuuuu'],
    ['degraded until three are fine', 'down', slowUp, 'oodooo', 'DDsssu'],
    ['slow, three times', 'up', three, 'dddo', 'uusu'],
    ['slow, then dead', 'up', three, 'dddfff', 'uusssD'],
    ['slow and failed, mixed', 'up', three, 'dfdf', 'uuss'],
    ['slow, then it gets worse', 'up', three, 'dffff', 'uusDD'],
    ['new and fine', null, three, 'oo', 'uu'],
    ['new and dead', null, three, 'fff', '..D'],
    ['new and slow once', null, three, 'do', '.u'],
    ['new and slow', null, three, 'ddd', '..s'],
    ['new and blind', null, three, 'bbb', '..?'],
    ['blind looks are no failed looks', 'up', three, 'ffbbf', 'uuuuD'],
    ['blind looks alone are no trouble', 'up', three, 'bbobbo', 'uuuuuu'],
    ['blind for long', 'up', three, 'bbbb', 'uu??'],
    ['blind, then dead: three fresh looks decide', 'up', three, 'ffbbbfff', 'uuuu???D'],
    ['blind, then fine', 'down', three, 'bbbo', 'DD?u'],
    ['down and back, but slow', 'down', three, 'do', 'su'],
  ] as [string, Present, Rule, string, string][])('%s', (_what, present, rule, looks, expected) => {
    expect(short(states(present, rule, looks))).toBe(expected)
  })

  it.each([
    ['up', 'fff', three, '3 of 3 looks failed'],
    ['up', 'fof', twoOfThree, '2 of 3 looks failed'],
    ['up', 'f', slowUp, '1 of 1 look failed'],
    ['up', 'ddd', three, '3 of 3 looks were degraded'],
    ['up', 'dfd', three, '3 of 3 looks were slow or failed'],
    ['down', 'd', three, 'it answers again, but not as it should'],
    ['up', 'bbb', three, '3 looks in a row could not be made'],
  ] as [Present, string, Rule, string][])('from %s by %s it says why', (present, looks, rule, why) => {
    const kept = [...looks].reduce<Outcome[]>((all, l) => remember(all, letters[l] as Outcome, rule), [])
    expect(judge(present, kept, rule)?.why).toBe(why)
  })
})

const anyRule = fc
  .record({
    downAfter: fc.integer({ min: 1, max: 5 }),
    more: fc.integer({ min: 0, max: 5 }),
    upAfter: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ downAfter, more, upAfter }) => ({ downAfter, ofLooks: downAfter + more, upAfter }))
const anyLooks = fc.array(fc.constantFrom('o', 'd', 'f', 'b'), { maxLength: 40 }).map((l) => l.join(''))
const anyPresent = fc.constantFrom<Present>('up', 'degraded', 'down', 'unknown', null)

describe('whatever comes', () => {
  it('blind looks never lead to down or degraded, and failed ones never to up', () => {
    fc.assert(
      fc.property(anyPresent, anyRule, anyLooks, (present, rule, looks) => {
        const all = states(present, rule, looks)
        for (const [i, letter] of [...looks].entries()) {
          const before = i === 0 ? present : all[i - 1]
          if (all[i] === before) continue
          if (letter === 'b') expect(all[i]).toBe('unknown')
          else expect(all[i]).not.toBe('unknown')
          if (letter === 'f') expect(all[i]).not.toBe('up')
          if (all[i] === 'down') expect(letter).toBe('f')
        }
      }),
    )
  })

  it('down takes as many failed looks as the rule asks for since the last change', () => {
    fc.assert(
      fc.property(anyRule, anyLooks, (rule, looks) => {
        const all = states('up', rule, looks)
        let failed = 0
        let before: Present = 'up'
        for (const [i, letter] of [...looks].entries()) {
          if (letter === 'f') failed++
          const now = all[i] as Present
          if (now === 'down' && before !== 'down') expect(failed).toBeGreaterThanOrEqual(rule.downAfter)
          if (now !== before && !(before === 'up' && now === 'degraded')) failed = 0
          before = now
        }
      }),
    )
  })

  it('enough of the same leads to its state from anywhere', () => {
    fc.assert(
      fc.property(
        anyPresent,
        anyRule,
        anyLooks,
        fc.constantFrom('o', 'd', 'f', 'b'),
        (present, rule, looks, letter) => {
          const end = states(present, rule, looks + letter.repeat(20)).at(-1)
          const expected = { o: ['up'], f: ['down'], b: ['unknown'], d: ['degraded'] }[letter] as string[]
          expect(expected).toContain(end)
        },
      ),
    )
  })

  it('never keeps more looks than the rule needs', () => {
    fc.assert(
      fc.property(anyRule, anyLooks, (rule, looks) => {
        const kept = [...looks].reduce<Outcome[]>((all, l) => remember(all, letters[l] as Outcome, rule), [])
        expect(kept.length).toBeLessThanOrEqual(Math.max(rule.ofLooks, rule.upAfter) + rule.downAfter)
      }),
    )
  })
})
