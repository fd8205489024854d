import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { anywhere } from './anywhere.ts'
import { fitOf } from './ui/Palette.tsx'

const found = (typed: string) => anywhere.filter((one) => fitOf(typed, { also: '', ...one })).map(({ label }) => label)

test.each([
  ['override', ['Add an override…', 'Cover me…']],
  ['hand', ['Add an override…', 'Cover me…']],
  ['swap', ['Add an override…', 'Cover me…']],
  ['invite', ['Invite somebody']],
  ['maintenance', ['Plan maintenance', 'Maintenance']],
  ['runbook', ['Write down what is known']],
])('“%s” leads to its act from every page', (typed, labels) => {
  expect(found(typed)).toEqual(labels)
})

test.each(['silence', 'key', 'report', 'audit', 'backup', 'password', 'session', 'webhook', 'sla', 'macros', 'matrix'])(
  '“%s” leads somewhere from every page',
  (typed) => {
    expect(found(typed).length).toBeGreaterThan(0)
  },
)

test('nothing of it is offered before something is typed', () => {
  expect(found('')).toEqual([])
})

test('each act that is done on arrival is one of a page, under that label', () => {
  const files = readdirSync(join(import.meta.dirname, 'features'), { recursive: true, encoding: 'utf8' })
  const text = files
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => readFileSync(join(import.meta.dirname, 'features', name), 'utf8'))
    .join('\n')
  for (const { act } of anywhere)
    if (act)
      expect(
        [`label="${act}"`, `create="${act}"`].some((words) => text.includes(words)),
        act,
      ).toBe(true)
})
