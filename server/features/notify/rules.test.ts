import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBefore, millisBetween } from '../../platform/clock.ts'
import { type ContactMethod, type NotificationRule, type PlanInput, planNotifications } from './rules.ts'

const now = Temporal.Instant.from('2026-03-04T06:00:00Z')
const method = (id: string, more: Partial<ContactMethod> = {}): ContactMethod => ({
  id,
  channel: id === 'hook' ? 'webhook' : 'mail',
  label: `Mail to ${id}@example.com`,
  verified: true,
  disabled: false,
  ...more,
})
const rule = (methodId: string, afterMinutes: number, urgency: 'high' | 'low' = 'high'): NotificationRule => ({
  id: `${methodId}-${urgency}-${afterMinutes}`,
  urgency,
  methodId,
  afterMinutes,
})
const plan = (rules: NotificationRule[], methods: ContactMethod[], more: Partial<PlanInput> = {}) =>
  planNotifications({
    person: { name: 'Ana Ruiz', signInMail: 'ana@sign.in' },
    rules,
    methods,
    urgency: 'high',
    now,
    ...more,
  })
const short = (p: ReturnType<typeof plan>) => p.attempts.map((a) => [a.methodId, millisBetween(now, a.at) / 60_000])

describe('how a person is told', () => {
  test('by the rules for the urgency, in order of time', () => {
    const rules = [rule('phone', 5), rule('work', 0), rule('work', 0, 'low')]
    const p = plan(rules, [method('work'), method('phone')])
    expect(short(p)).toEqual([
      ['work', 0],
      ['phone', 5],
    ])
    expect(p.attempts.map((a) => a.reason)).toEqual([
      'Rule for high urgency: at once.',
      'Rule for high urgency: after 5 minutes.',
    ])
    expect(p).toMatchObject({ skipped: [], nobody: null })
  })

  test.each<[string, ContactMethod[], string]>([
    ['not verified', [method('work', { verified: false })], 'Mail to work@example.com has not been verified.'],
    ['switched off', [method('work', { disabled: true })], 'Mail to work@example.com is switched off.'],
    ['gone', [], 'Its contact method does not exist any more.'],
  ])('a method that is %s is skipped, and the next takes its time', (_, broken, reason) => {
    const p = plan([rule('work', 0), rule('phone', 15)], [...broken, method('phone')])
    expect(p.skipped).toEqual([{ ruleId: 'work-high-0', methodId: 'work', reason }])
    expect(short(p)).toEqual([['phone', 0]])
    expect(p.attempts[0]?.reason).toBe(
      'Rule for high urgency: after 15 minutes, but at once because every earlier way was skipped.',
    )
  })

  test('only the first usable one moves', () => {
    const p = plan([rule('gone', 1), rule('work', 5), rule('phone', 15)], [method('work'), method('phone')])
    expect(short(p)).toEqual([
      ['work', 1],
      ['phone', 15],
    ])
  })

  test('a wait that the person chose stays', () => {
    expect(short(plan([rule('work', 5)], [method('work')]))).toEqual([['work', 5]])
  })

  test('a method is used once', () => {
    const p = plan([rule('work', 0), rule('work', 10)], [method('work')])
    expect(short(p)).toEqual([['work', 0]])
    expect(p.skipped).toMatchObject([{ reason: 'An earlier rule uses the same contact method.' }])
  })

  test('without a rule for this urgency it is the address of the account, and says why', () => {
    const p = plan([rule('work', 0, 'low')], [method('work')])
    expect(p.attempts).toEqual([
      {
        at: now,
        methodId: null,
        channel: 'mail',
        label: 'Mail to ana@sign.in',
        reason:
          'Ana Ruiz has no notification rule for high urgency, so it goes to the address of the account as a last resort.',
      },
    ])
  })

  test('with only unusable rules it is the address of the account too', () => {
    const p = plan([rule('work', 0)], [method('work', { verified: false })])
    expect(p.attempts[0]?.reason).toMatch(/^None of the notification rules of Ana Ruiz for high urgency can be used/)
    expect(p.skipped).toHaveLength(1)
  })

  test('when there is no way at all, it says why nobody', () => {
    const p = plan([], [], { person: { name: 'Ana Ruiz', signInMail: null } })
    expect(p).toEqual({
      attempts: [],
      skipped: [],
      nobody: 'Ana Ruiz cannot be reached: no usable contact method, and no mail address on the account.',
    })
  })

  const id = fc.constantFrom('work', 'phone', 'hook', 'gone')
  const input = fc.record({
    rules: fc.array(
      fc.record({
        id: fc.uuid(),
        urgency: fc.constantFrom('high' as const, 'low' as const),
        methodId: id,
        afterMinutes: fc.nat(60),
      }),
      { maxLength: 8 },
    ),
    methods: fc.uniqueArray(
      fc
        .record({ id: id.filter((i) => i !== 'gone'), verified: fc.boolean(), disabled: fc.boolean() })
        .map((m) => method(m.id, m)),
      { selector: (m) => m.id },
    ),
    urgency: fc.constantFrom('high' as const, 'low' as const),
  })

  test('always: somebody is told or it says why nobody, only by usable ways, and every rule is accounted for', () => {
    fc.assert(
      fc.property(input, fc.boolean(), ({ rules, methods, urgency }, hasMail) => {
        const p = plan(rules, methods, { urgency, person: { name: 'Ana', signInMail: hasMail ? 'ana@sign.in' : null } })
        expect(p.attempts.length === 0).toBe(p.nobody !== null)
        expect(p.attempts.filter((a) => a.methodId).length + p.skipped.length).toBe(
          rules.filter((r) => r.urgency === urgency).length,
        )
        for (const attempt of p.attempts) {
          const used = methods.find((m) => m.id === attempt.methodId)
          expect(attempt.methodId === null || (used?.verified && !used.disabled)).toBe(true)
        }
        for (const [a, b] of p.attempts.slice(1).map((b, i) => [p.attempts[i], b] as const)) {
          expect(a && isBefore(b.at, a.at)).toBe(false)
        }
        const first = Math.min(...rules.filter((r) => r.urgency === urgency).map((r) => r.afterMinutes))
        if (p.attempts[0]?.methodId) expect(millisBetween(now, p.attempts[0].at)).toBe(first * 60_000)
      }),
    )
  })
})
