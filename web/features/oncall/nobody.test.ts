import { expect, it } from 'vitest'
import { beforeItBegan, whyNobody } from './nobody.ts'

const at = (day: number, hour = 0) => Date.UTC(2026, 11, day, hour)
const gap = (from: number, to: number, outsideHours: boolean) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  outsideHours,
})
const schedule = { id: 's', name: 'DBA', slug: 'dba', zone: 'UTC' }

it('tells a gap from the end of the hours, and neither before the hours are read', () => {
  const gaps = [gap(at(1, 18), at(2, 7), true), gap(at(2, 7), at(2, 9), false)]
  const why = (now: number) => whyNobody([{ schedule, gaps }], 's', now)
  expect(why(at(1, 20))).toBe('outside')
  expect(why(at(2, 7))).toBe('gap')
  expect(why(at(2, 9))).toBe('unknown')
  expect(whyNobody([], 's', at(2, 7))).toBe('unknown')
})

it('knows when a schedule began, not when what was read begins', () => {
  const known = { from: at(1), to: at(9) }
  const source = { kind: 'rotation' as const, id: 'w', name: 'Week', inPlaceOf: null }
  const shift = (from: number | null) => ({
    user: { id: 'u', name: 'Jonas W.' },
    from: from === null ? null : new Date(from).toISOString(),
    to: null,
    source,
  })
  expect(beforeItBegan({ final: [shift(at(3))], gaps: [] }, known)).toEqual({ from: at(1), to: at(3) })
  expect(beforeItBegan({ final: [shift(at(3))], gaps: [gap(at(2), at(3), true)] }, known)).toEqual({
    from: at(1),
    to: at(2),
  })
  expect(beforeItBegan({ final: [shift(null)], gaps: [] }, known)).toBeUndefined()
  expect(beforeItBegan({ final: [], gaps: [gap(at(1), at(9), true)] }, known)).toBeUndefined()
  expect(beforeItBegan({ final: [], gaps: [] }, known)).toBeUndefined()
})
