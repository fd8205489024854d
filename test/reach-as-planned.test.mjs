// Plain JavaScript, because it looks at both sides of a border that no typed project crosses.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planNotifications } from '../server/features/notify/rules.ts'
import { reachOf } from '../web/features/notify/reach.ts'

const now = Temporal.Instant.from('2026-03-04T03:00:00Z')
const state = fc.constantFrom('ready', 'not verified', 'off')
const anyRule = fc.record({
  methodId: fc.constantFrom('a', 'b', 'c', 'gone'),
  afterMinutes: fc.integer({ min: 0, max: 60 }),
  urgency: fc.constantFrom('high', 'low'),
})
const method = (id, is) => ({
  id,
  label: id,
  channel: 'mail',
  address: `${id}@example.com`,
  verifiedAt: is === 'not verified' ? null : '2026-03-01T00:00:00Z',
  disabledReason: is === 'off' ? 'The server refused it.' : null,
  codeSentAt: false,
})

test('how a page says it will come is how the server plans it', () => {
  fc.assert(
    fc.property(fc.tuple(state, state, state), fc.array(anyRule, { maxLength: 8 }), (states, drawn) => {
      const methods = ['a', 'b', 'c'].map((id, index) => method(id, states[index]))
      const rules = drawn.map((rule, index) => ({ ...rule, id: String(index) }))
      const plan = planNotifications({
        person: { name: 'Ana P.', signInMail: 'ana@example.com' },
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
