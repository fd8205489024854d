import { expect, test } from 'vitest'
import { readFilter } from './filter-query.ts'

const names = ['role', 'team'] as const

test.each([
  ['', {}, ''],
  ['role:lead', { role: 'lead' }, ''],
  ['role:lead team:"L2 markets" ana p', { role: 'lead', team: 'L2 markets' }, 'ana p'],
  ['"ana p" role:', {}, 'ana p role:'],
  ['colour:red', {}, 'colour:red'],
  ['team:a:b', { team: 'a:b' }, ''],
  ['role:lead role:admin', { role: 'admin' }, ''],
])('%s', (filter, fields, words) => {
  expect(readFilter(filter, names)).toEqual({ fields, words })
})
