import { expect, test } from 'vitest'
import { columnsChosen, readChoice } from './columns.ts'
import { columnsThatFit } from './list.ts'

const columns = [
  { title: 'Priority', width: 40 },
  { title: 'Title', main: true },
  { title: 'Service', width: 120, aside: true },
  { title: 'Team', width: 130, from: 800 },
  { title: 'Owner', width: 80 },
]
const shown = (choice: Record<string, boolean>, width: number) =>
  columnsThatFit(columnsChosen(columns, choice), width).map(({ title }) => title)

test('without a choice the usual ones are shown, as many as there is room for', () => {
  expect(shown({}, 900)).toEqual(['Priority', 'Title', 'Team', 'Owner'])
  expect(shown({}, 700)).toEqual(['Priority', 'Title', 'Owner'])
})

test('what was chosen is shown in its place, also where it would want more room, and the others make room for it', () => {
  expect(shown({ Service: true, Priority: false }, 900)).toEqual(['Title', 'Service', 'Team', 'Owner'])
  expect(shown({ Team: true }, 700)).toEqual(['Priority', 'Title', 'Team', 'Owner'])
  expect(shown({ Team: true }, 400)).toEqual(['Priority', 'Title', 'Team'])
  expect(shown({ Team: true }, 300)).toEqual(['Priority', 'Title'])
})

test('the name of a row cannot be taken away', () => expect(shown({ Title: false }, 900)).toContain('Title'))

test.each([
  [null, {}],
  ['{"Team":true,"Owner":false}', { Team: true, Owner: false }],
  ['{"Team":"yes"}', {}],
  ['["Team"]', {}],
  ['{', {}],
])('what was kept as %s is read', (text, expected) => expect(readChoice(text)).toEqual(expected))
