import { expect, test } from 'vitest'
import { requestForm } from '../../../contract/requests/index.ts'
import { answersInWords, summaryOf, titleOf } from './answer-words.ts'
import { problemsOf, withoutBlanks } from './validate-answers.ts'

const id = '0197c5d2-3a51-7cc0-8c1b-1a2b3c4d5e6f'
const form = requestForm.parse({
  properties: {
    what: { type: 'string', title: 'What to read', enum: ['repo', 'cash'], labels: { repo: 'Repo blotter' } },
    who: { type: 'string', multiline: true, title: 'Who', maxLength: 20 },
    from: { type: 'string', format: 'date', title: 'From' },
    reports: { type: 'array', title: 'Reports', items: { type: 'string', enum: ['a', 'b'], labels: { a: 'Alpha' } } },
    screens: { type: 'integer', title: 'Screens', minimum: 1, maximum: 8 },
    cost: { type: 'number', title: 'Cost', unit: 'GBP' },
    boss: { type: 'string', title: 'Boss', reference: 'person' },
    people: { type: 'array', title: 'People', items: { type: 'string', reference: 'person' }, maxItems: 2 },
    paid: { type: 'boolean', title: 'Paid' },
  },
  required: ['what', 'from'],
})
const good = { what: 'repo', from: '2026-12-01' }
const wrong = (more: Record<string, unknown>) =>
  problemsOf('form 1', form, withoutBlanks({ ...good, ...more })).map((p) => `${p.field}: ${p.problem}`)

test('what fits has no problems, and what was left empty is as if it were not there', () => {
  expect(
    wrong({ who: 'Ana', reports: ['a', 'b'], screens: 2, cost: 0.5, boss: id, people: [id], paid: false }),
  ).toEqual([])
  expect(wrong({ who: '  ', reports: [], boss: null, screens: undefined })).toEqual([])
})

test.each<[Record<string, unknown>, string[]]>([
  [{ what: '' }, ['answers.what: must be answered']],
  [{ what: 'gold' }, ['answers.what: must be one of: repo, cash']],
  [{ what: 7 }, ['answers.what: must be text']],
  [{ from: '2026-02-30' }, ['answers.from: must be a date such as 2026-11-30']],
  [{ from: '01.12.2026' }, ['answers.from: must be a date such as 2026-11-30']],
  [{ who: 'x'.repeat(21) }, ['answers.who: must have at most 20 characters']],
  [{ reports: ['a', 'c'] }, ['answers.reports.1: must be one of: a, b']],
  [{ reports: ['a', 'a'] }, ['answers.reports: must not name anything twice']],
  [{ reports: 'a' }, ['answers.reports: must be a list']],
  [{ screens: 2.5 }, ['answers.screens: must be a whole number']],
  [{ screens: 0 }, ['answers.screens: must be at least 1']],
  [{ screens: 9 }, ['answers.screens: must be at most 8']],
  [{ cost: '12' }, ['answers.cost: must be a number']],
  [{ boss: 'the boss' }, ['answers.boss: must be an id (a uuid)']],
  [{ people: [id, `${id.slice(0, -1)}0`, `${id.slice(0, -1)}1`] }, ['answers.people: must have at most 2 entries']],
  [{ paid: 'yes' }, ['answers.paid: must be true or false']],
  [{ colour: 'red' }, ['answers.colour: is not asked in this form']],
  [
    JSON.parse('{"__proto__": {"x": 1}, "constructor": "x"}'),
    ['answers.__proto__: is not asked in this form', 'answers.constructor: is not asked in this form'],
  ],
  [{ what: 'gold', screens: 0 }, ['answers.what: must be one of: repo, cash', 'answers.screens: must be at least 1']],
])('%j', (more, problems) => {
  expect(wrong(more)).toEqual(problems)
})

test('answers are said in words, in the order of the form', () => {
  const given = { people: [id], reports: ['b', 'a'], ...good, cost: 1234.5, paid: true, screens: 2 }
  const words = answersInWords(form, given, new Map([[id, 'Ana P.']]))
  expect(words.map((w) => `${w.title}: ${w.text}`)).toEqual([
    'What to read: Repo blotter',
    'From: Tue, 1 Dec 2026',
    'Reports: b, Alpha',
    'Screens: 2',
    'Cost: 1,234.5 GBP',
    'People: Ana P.',
    'Paid: yes',
  ])
  expect(titleOf('Read access', words)).toBe('Read access: Repo blotter')
  expect(summaryOf([{ name: 'a', title: 'Who', text: 'Ana\nSam' }, ...words.slice(0, 1)])).toBe(
    'Who:\nAna\nSam\nWhat to read: Repo blotter',
  )
})
