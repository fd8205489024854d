import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean, tidy, type Verdict } from './result.ts'

const verdict = (more: Partial<Verdict>): Verdict => ({
  outcome: 'failed',
  code: 'status',
  message: 'HTTP 500',
  facts: [],
  ...more,
})

describe('what came from outside', () => {
  it('is always fit to be stored', () => {
    const wild = fc.string({ unit: fc.constantFrom('a', '\0', '\ud83d', '\ude00', '😀', '\n', '<') })
    fc.assert(
      fc.property(wild, fc.integer({ min: 1, max: 20 }), (text, most) => {
        const cleaned = clean(text, most)
        expect(cleaned.length).toBeLessThanOrEqual(most)
        expect(cleaned.isWellFormed()).toBe(true)
        expect(cleaned).not.toContain('\0')
      }),
    )
  })

  it('is bounded in every part', () => {
    const long = 'x'.repeat(100_000)
    const facts = Array.from({ length: 100 }, () => ({ label: long, value: long }))
    const result = tidy(verdict({ message: long, facts, sample: { headers: long, body: long } }), () => [])
    expect(JSON.stringify(result).length).toBeLessThan(25_000)
    expect(result.message.endsWith('…')).toBe(true)
  })

  it('shows none of our secrets, where they are longer than a word', () => {
    const facts = [{ label: 'Says', value: 'key hunter2' }]
    const result = tidy(
      verdict({ message: 'got hunter2', facts, sample: { headers: 'x: hunter2', body: 'hunter2 hunter2 on' } }),
      () => ['hunter2', 'on'],
    )
    expect(result).toMatchObject({
      message: 'got ••••',
      facts: [{ label: 'Says', value: 'key ••••' }],
      sample: { headers: 'x: ••••', body: '•••• •••• on' },
    })
  })
})
