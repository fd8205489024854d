import { expect, it } from 'vitest'
import { byService, joined, type Span } from './disturbed.ts'

const MIN = 60_000
const span = (from: number, to: number): Span => [from * MIN, to * MIN]
const of = (serviceId: string, at: Span, open = false) => ({ serviceId, serviceName: serviceId, span: at, open })

it('counts a minute of two incidents once, and of a month what lies in it', () => {
  expect(joined([span(5, 8), span(0, 3), span(2, 4)])).toEqual([span(0, 4), span(5, 8)])
  const found = [of('a', span(0, 3)), of('a', span(2, 4)), of('b', span(-50, 10), true), of('c', span(99, 130))]
  expect(byService(found, span(0, 100))).toEqual([
    { id: 'b', name: 'b', times: 1, minutes: 10, longestMinutes: 10, open: 1 },
    { id: 'a', name: 'a', times: 2, minutes: 4, longestMinutes: 3, open: 0 },
    { id: 'c', name: 'c', times: 1, minutes: 1, longestMinutes: 1, open: 0 },
  ])
  expect(byService([], span(0, 1))).toEqual([])
})
