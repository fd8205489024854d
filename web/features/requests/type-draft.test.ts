import { expect, test } from 'vitest'
import { requestForm } from '../../../contract/requests/form.ts'
import {
  emptyType,
  type FieldDraft,
  fieldKinds,
  formOf,
  moved,
  nameOf,
  newField,
  typeDraftOf,
  typeProblems,
} from './type-draft.ts'
import type { TypeView } from './words.ts'

const field = (more: Partial<FieldDraft>): FieldDraft => ({ ...newField(), title: 'A', ...more })
const all = (Object.keys(fieldKinds) as FieldDraft['kind'][]).map((kind) =>
  field({
    kind,
    title: `The ${kind}`,
    choices: 'repo = Repo blotter\ncash',
    help: 'Some help',
    unit: 'GBP',
    minimum: 1,
  }),
)

test('every kind of field is one that the server takes, and comes back as it was', () => {
  const form = requestForm.parse(formOf(all))
  const back = typeDraftOf({
    form,
    team: null,
    service: null,
    businessUnits: [],
    checklist: [],
    approvals: [],
  } as unknown as TypeView)
  expect(back.fields.map(({ kind, title, help }) => [kind, title, help])).toEqual(
    all.map(({ kind, title, help }) => [kind, title, help]),
  )
  expect(back.fields.find(({ kind }) => kind === 'choices')?.choices).toBe('repo = Repo blotter\ncash')
  expect(formOf(back.fields)).toEqual(form)
})

test('a field keeps its name when its title changes; a new one is named by its title, once', () => {
  expect(nameOf('Who needs it?', [])).toBe('whoNeedsIt')
  expect(nameOf('Über', ['uber'])).toBe('uber2')
  expect(nameOf('3 joiners', [])).toBe('field3Joiners')
  const form = formOf([
    field({ name: 'who', title: 'Whoever' }),
    field({ title: 'Who' }),
    field({ title: 'Who' }),
    field({ title: ' ' }),
  ])
  expect(Object.keys(form.properties)).toEqual(['who', 'who2', 'who3'])
})

test('what is missing is said at its place', () => {
  const draft = emptyType()
  expect(Object.keys(typeProblems(draft))).toEqual([
    'name',
    'category',
    'teamId',
    `field ${draft.fields[0]?.key} title`,
  ])
  const choice = field({ kind: 'choice' })
  const good = { ...draft, name: 'X', category: 'Y', teamId: 't', fields: [choice] }
  expect(Object.keys(typeProblems(good))).toEqual([`field ${choice.key} choices`])
  expect(typeProblems({ ...good, fields: [] })).toEqual({})
})

test('one place earlier or later', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
})
