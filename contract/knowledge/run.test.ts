import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { currentStep } from './run.ts'

const step = (id: string, ...goTo: (string | null)[]) => ({
  id,
  kind: goTo.length > 0 ? ('decide' as const) : ('do' as const),
  options: goTo.map((g) => ({ goTo: g })),
})
const did = (stepId: string, choice: number | null = null) => ({ stepId, choice })
const steps = [step('a'), step('b', 'd', null), step('c'), step('d')]

it.each([
  ['nothing is done', [], 'a'],
  ['the first is done', [did('a')], 'b'],
  ['it was decided to leap', [did('a'), did('b', 0)], 'd'],
  ['it was decided to go on', [did('a'), did('b', 1)], 'c'],
  ['all that counts is done', [did('a'), did('b', 0), did('d')], null],
  ['a later one was done out of turn', [did('a'), did('d')], 'b'],
  ['an option is not there any more', [did('a'), did('b', 7)], 'c'],
])('when %s', (_, done, current) => expect(currentStep(steps, done)).toBe(current))

test('doing the current step again and again comes to an end, whatever is decided and wherever it leads', () => {
  const list = fc.array(fc.array(fc.option(fc.nat(9)), { maxLength: 3 }), { maxLength: 10 })
  fc.assert(
    fc.property(list, fc.nat(2), (shape, choice) => {
      const made = shape.map((goTo, i) => step(String(i), ...goTo.map((g) => (g === null ? null : String(g)))))
      const done: { stepId: string; choice: number | null }[] = []
      for (let n = 0; n <= made.length; n++) {
        const at = currentStep(made, done)
        if (at === null) return
        expect(done.some((d) => d.stepId === at)).toBe(false)
        done.push(did(at, made.find((s) => s.id === at)?.kind === 'decide' ? choice : null))
      }
      throw new Error('It never ended.')
    }),
  )
})
