import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planNotifications } from '../../../server/features/notify/rules.ts'
import { type Method, type Rule, reachOf } from './reach.ts'

const method = (id: string, given: Partial<Method> = {}): Method => ({
  id,
  channel: 'mail',
  label: id,
  address: `${id}@example.com`,
  verifiedAt: '2026-03-01T00:00:00Z',
  disabledReason: null,
  codeSentAt: false,
  ...given,
})
const rule = (methodId: string, afterMinutes: number, urgency: 'high' | 'low' = 'high'): Rule => ({
  id: `${methodId} ${afterMinutes}`,
  urgency,
  methodId,
  afterMinutes,
})

const said = (methods: Method[], rules: Rule[]) => {
  const { steps, skipped } = reachOf(methods, rules, 'high')
  return [
    ...steps.map((step) => `${step.after} ${step.label}`),
    ...skipped.map((one) => `not ${one.label}: ${one.why}`),
  ]
}

test.each([
  [
    'in the order of their minutes',
    [method('mail'), method('hook')],
    [rule('hook', 5), rule('mail', 0)],
    ['0 mail', '5 hook'],
  ],
  ['only those of the urgency', [method('mail')], [rule('mail', 0, 'low')], []],
  [
    'the first usable takes the earliest time',
    [method('mail'), method('hook', { verifiedAt: null })],
    [rule('hook', 0), rule('mail', 5)],
    ['0 mail', 'not hook: it is not verified yet'],
  ],
  [
    'what is off says why',
    [method('mail', { disabledReason: 'The server refused it.' })],
    [rule('mail', 0)],
    ['not mail: it is switched off: The server refused it.'],
  ],
  [
    'each way once',
    [method('mail')],
    [rule('mail', 0), rule('mail', 10)],
    ['0 mail', 'not mail: an earlier rule uses it'],
  ],
  ['what was removed', [], [rule('mail', 0)], ['not A contact method: it was removed']],
] as const)('%s', (_, methods, rules, expected) => {
  expect(said([...methods], [...rules])).toEqual(expected)
})

test('what the page says is what the server plans', () => {
  const now = Temporal.Instant.from('2026-03-04T03:00:00Z')
  const state = fc.constantFrom('ready', 'not verified', 'off')
  const anyRule = fc.record({
    methodId: fc.constantFrom('a', 'b', 'c', 'gone'),
    afterMinutes: fc.integer({ min: 0, max: 60 }),
    urgency: fc.constantFrom('high' as const, 'low' as const),
  })
  fc.assert(
    fc.property(fc.tuple(state, state, state), fc.array(anyRule, { maxLength: 8 }), (states, drawn) => {
      const methods = ['a', 'b', 'c'].map((id, index) =>
        method(id, {
          verifiedAt: states[index] === 'not verified' ? null : '2026-03-01T00:00:00Z',
          disabledReason: states[index] === 'off' ? 'off.' : null,
        }),
      )
      const rules = drawn.map((one, index) => ({ ...one, id: String(index) }))
      const plan = planNotifications({
        person: { name: 'Ana', signInMail: 'ana@example.com' },
        rules,
        methods: methods.map((one) => ({
          ...one,
          verified: one.verifiedAt !== null,
          disabled: one.disabledReason !== null,
        })),
        urgency: 'high',
        now,
      })
      const planned = plan.attempts
        .filter(({ methodId }) => methodId !== null)
        .map(({ at, methodId }) => `${now.until(at).total('minutes')} ${methodId}`)
      const { steps, skipped } = reachOf(methods, rules, 'high')
      expect(steps.map(({ after, label }) => `${after} ${label}`)).toEqual(planned)
      expect(skipped).toHaveLength(plan.skipped.length)
    }),
  )
})
