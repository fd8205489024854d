import { expect, test } from 'vitest'
import { blindOf } from './blind.ts'

const service = (id: string, state: string) => ({
  service: { id, name: `Service ${id}` },
  state,
  since: '2026-11-26T06:40:00Z',
})
const monitor = (id: string, part: object = {}) => ({
  id,
  name: `Monitor ${id}`,
  service: { id: 's1' },
  since: '2026-11-26T06:40:00Z',
  unobservedSince: null,
  reason: 'our name servers did not answer',
  ...part,
})

test('monitors first, and services that none of them speaks for', () => {
  const blind = blindOf([service('s1', 'unknown'), service('s2', 'unknown'), service('s3', 'down')], [monitor('m1')])
  expect(blind.map(({ name, why }) => [name, why])).toEqual([
    ['Monitor m1', 'our name servers did not answer'],
    ['Service s2', undefined],
  ])
})

test('one that nobody looks at says so, since then', () => {
  const [one] = blindOf([], [monitor('m1', { unobservedSince: '2026-11-26T07:02:00Z' })])
  expect(one).toMatchObject({ since: '2026-11-26T07:02:00Z', why: 'nobody looks' })
})

test('a monitor whose first looks have not decided yet is not blind', () =>
  expect(blindOf([], [monitor('m1', { reason: null })])).toEqual([]))
