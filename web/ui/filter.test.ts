import { expect, test } from 'vitest'
import { offersFor, termOf, tokensOf, valuesOf, valueTyped } from './filter.ts'

const fields = [
  { name: 'state', values: ['open', 'on hold', 'reopened'], several: true },
  { name: 'service', values: ['Order entry', 'Late, odd'], hint: 'what it is about', several: true },
  { name: 'priority', several: true },
  { name: 'role', values: ['lead, acting'] },
]
const tokens = (typed: string) => offersFor(fields, typed).map(({ token }) => token)

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

test.each([
  ['state:open', { not: false, name: 'state', value: 'open' }],
  ['-State:open,new', { not: true, name: 'state', value: 'open,new' }],
  ['team:', { not: false, name: 'team', value: '' }],
  ['team:a:b', { not: false, name: 'team', value: 'a:b' }],
  ['https://desk', undefined],
  ['"state:open"', undefined],
  ['10:30', undefined],
  ['ORA-00060:', undefined],
  ['late', undefined],
])('%s is a field and its value, or a word', (token, expected) => expect(termOf(token)).toEqual(expected))

test.each([
  ['open', ['open']],
  ['open,"on hold" , new,', ['open', 'on hold', 'new']],
  ['"Late, odd"', ['Late, odd']],
  ['"Late, od', ['Late, od']],
  ['', []],
])('%s is cut at commas, but not inside quotes', (value, expected) => expect(valuesOf(value)).toEqual(expected))

test('fields are offered, and the values of the only one', () => {
  expect(offersFor(fields, 's')).toEqual([
    { token: 'state:', hint: undefined, more: true },
    { token: 'service:', hint: 'what it is about', more: true },
  ])
  expect(tokens('p')).toEqual(['priority:'])
  expect(tokens('STA')).toEqual(['state:open', 'state:"on hold"', 'state:reopened'])
  expect(tokens('-p')).toEqual(['-priority:'])
})

test('values are offered: those that begin so, then those that have it within', () => {
  expect(tokens('state:OP')).toEqual(['state:open', 'state:reopened'])
  expect(tokens('-state:o')).toEqual(['-state:open', '-state:"on hold"', '-state:reopened'])
  expect(tokens('service:"order en')).toEqual(['service:"Order entry"'])
  expect(tokens('nothing:')).toEqual([])
})

test('after a comma the next one is offered, and none twice', () => {
  expect(tokens('state:open,')).toEqual(['state:open,"on hold"', 'state:open,reopened'])
  expect(tokens('state:open,"on hold",re')).toEqual(['state:open,"on hold",reopened'])
  expect(tokens('role:lead,')).toEqual(['role:"lead, acting"'])
  expect(tokens('-role:lead')).toEqual([])
  expect(tokens('service:"Late, odd",')).toEqual(['service:"Late, odd","Order entry"'])
})

test.each([
  ['', undefined],
  ['late', undefined],
  ['team:', { name: 'team', part: '' }],
  ['-team:dba,"L2 m', { name: 'team', part: 'L2 m' }],
  [' unit:"Repo, Tokyo', { name: 'unit', part: 'Repo, Tokyo' }],
])('of %j the last value is being typed', (typed, expected) => expect(valueTyped(typed)).toEqual(expected))
