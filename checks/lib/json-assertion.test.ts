import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeJson, parseJsonAssertion } from './json-assertion.ts'

const document = {
  status: 'ready',
  n: 5,
  ok: true,
  none: null,
  list: [{ 'a b': 1 }, 'x'],
  deep: { a: { b: 'c' } },
  'q"t': 2,
}
const judge = (text: string) => judgeJson(parseJsonAssertion(text), document)

describe('an assertion about JSON', () => {
  it.each([
    ['$.status == "ready"', true, '$.status is "ready"'],
    ['  $.status=="ready" ', true, '$.status is "ready"'],
    ['$.status != "ready"', false, '$.status is "ready"'],
    ['$.n == 5', true, '$.n is 5'],
    ['$.n == "5"', false, '$.n is 5'],
    ['$.n > 4.5', true, '$.n is 5'],
    ['$.n >= 5', true, '$.n is 5'],
    ['$.n < 5', false, '$.n is 5'],
    ['$.n <= 5', true, '$.n is 5'],
    ['$.status < 5', false, '$.status is "ready"'],
    ['$.ok == true', true, '$.ok is true'],
    ['$.none == null', true, '$.none is null'],
    ['$.none', true, '$.none is null'],
    ['$.list[0]["a b"] == 1', true, '$.list[0]["a b"] is 1'],
    ['$["q\\"t"] == 2', true, '$["q\\"t"] is 2'],
    ['$.list', true, '$.list is a list of 2'],
    ['$.deep', true, '$.deep is an object'],
    ['$.deep.a.b == "c"', true, '$.deep.a.b is "c"'],
    ['$', true, '$ is an object'],
    ['$.missing', false, '$.missing is missing'],
    ['$.missing != "x"', false, '$.missing is missing'],
    ['$.list[2]', false, '$.list[2] is missing'],
    ['$.status.length', false, '$.status.length is missing'],
    ['$.constructor', false, '$.constructor is missing'],
    ['$.deep.__proto__', false, '$.deep.__proto__ is missing'],
  ])('%s is %s', (text, ok, seen) => expect(judge(text)).toEqual({ ok, seen }))

  it.each([
    ['status == "ready"', 'starts with $'],
    ['$.status = "ready"', 'was not understood'],
    ['$.status == ready', 'stands in "double quotes"'],
    ["$.status == 'ready'", 'stands in "double quotes"'],
    ['$.list == [1]', 'lists and objects cannot be compared'],
    ['$.status > "a"', '> compares numbers'],
    ['$..status', 'was not understood'],
    ['$.list[*]', 'was not understood'],
    ['$.list[-1]', 'was not understood'],
    ['$.n ==', 'was not understood'],
    ['$.n == 5 && $.ok', 'stands in "double quotes"'],
    ['', 'starts with $'],
  ])('%s is refused', (text, says) => expect(() => parseJsonAssertion(text)).toThrow(says))

  it('finds what it was written for, in any document', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.nat(50)), { maxLength: 6 }),
        scalar,
        scalar,
        (path, value, other) => {
          const nested = path.reduceRight<unknown>((inner, step) => {
            if (typeof step === 'string') return Object.fromEntries([[step, inner]])
            const list: unknown[] = Array(step).fill(null)
            return [...list, inner]
          }, value)
          const where = `$${path.map((step) => `[${JSON.stringify(step)}]`).join('')}`
          expect(judgeJson(parseJsonAssertion(`${where} == ${JSON.stringify(value)}`), nested).ok).toBe(true)
          expect(judgeJson(parseJsonAssertion(`${where} == ${JSON.stringify(other)}`), nested).ok).toBe(
            Object.is(value, other) || value === other,
          )
        },
      ),
    )
  })

  it('is read or refused with a sentence, never anything else, and in no time', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 400, unit: fc.constantFrom('$', '.', '[', ']', '"', '\\', 'a', '0', ' ', '=', '<') }),
        (text) => {
          try {
            parseJsonAssertion(text)
          } catch (error) {
            expect(String(error)).toContain('must look like')
          }
        },
      ),
    )
    const started = performance.now()
    expect(() => parseJsonAssertion(`$["${'\\'.repeat(100_000)}`)).toThrow()
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
