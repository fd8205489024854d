import { expect, test } from 'vitest'
import { type Method, type Rule, reachOf, restsOnMail } from './reach.ts'

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

test('high urgency rests on mail alone as long as nothing else that works is in its rules', () => {
  const push = (given: Partial<Method> = {}) => method('push', { channel: 'push', ...given })
  const rests = (one: Method, ...rules: Rule[]) => restsOnMail([method('mail'), one], [rule('mail', 0), ...rules])
  expect([
    restsOnMail([], []),
    rests(push()),
    rests(push(), rule('push', 5, 'low')),
    rests(push({ verifiedAt: null }), rule('push', 5)),
    rests(push(), rule('push', 5)),
  ]).toEqual([true, true, true, true, false])
})
