import { expect, it } from 'vitest'
import { slug } from './base.ts'
import { slugOf } from './slug.ts'

it.each([
  ['L2 Équités (London)', 'l2-equites-london'],
  ['L2 Markets, second', 'l2-markets-second'],
  ['  Zürich · Nacht ', 'zurich-nacht'],
  ['  DBA  ', 'dba'],
  ['日本', ''],
  ['x'.repeat(100), 'x'.repeat(63)],
  [`${'x'.repeat(62)} y`, 'x'.repeat(62)],
])('%s → %s', (name, made) => {
  expect(slugOf(name)).toBe(made)
  expect(made === '' || slug.safeParse(made).success).toBe(true)
})
