import { expect, test } from 'vitest'
import { offersFor, tokensOf } from './filter.ts'

const fields = [{ name: 'state', values: ['open', 'on hold'] }, { name: 'priority' }]

test('a query is cut at spaces, but not inside quotes', () => {
  expect(tokensOf(' state:open  service:"Order entry" priority:<=2 late ')).toEqual([
    'state:open',
    'service:"Order entry"',
    'priority:<=2',
    'late',
  ])
  expect(tokensOf('')).toEqual([])
  expect(tokensOf('service:"Order en')).toEqual(['service:"Order en'])
})

test('fields and then their values are offered', () => {
  expect(offersFor(fields, 'p')).toEqual(['priority:'])
  expect(offersFor(fields, 'sta')).toEqual(['state:open', 'state:"on hold"'])
  expect(offersFor(fields, 'state:OP')).toEqual(['state:open'])
  expect(offersFor(fields, 'nothing:')).toEqual([])
})
