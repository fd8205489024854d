import { expect, test } from 'vitest'
import { pieces } from './pieces.ts'

const jobs = ['EOD', 'EOD_CALC'].map((name) => ({ id: name.toLowerCase(), name }))
const said = (message: string) => pieces(message, jobs).map(({ text, named }) => (named ? `[${text}]` : text))

test.each([
  ['EOD_CALC waits for EOD.', ['[EOD_CALC]', ' waits for ', '[EOD]', '.']],
  ['MY_EOD and EOD_CALCS are others', ['MY_EOD and EOD_CALCS are others']],
  ['about EOD', ['about ', '[EOD]']],
  ['', []],
])('the names in %o lead to their jobs, whole names alone', (message, found) => {
  expect(said(message)).toEqual(found)
})
