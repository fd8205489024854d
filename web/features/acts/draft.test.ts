import { expect, it } from 'vitest'
import type { JsonSchema } from '../../ui/schema.ts'
import { draftOf, draftProblems, fieldsOf, newDraft } from './draft.ts'

const schema = {
  type: 'object',
  properties: {
    url: { type: 'string', title: 'Address' },
    headers: {
      type: 'array',
      title: 'Headers',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string', title: 'Name' },
          value: { type: 'string', title: 'Value', secret: true },
        },
        required: ['name', 'value'],
      },
    },
  },
  required: ['url'],
} as unknown as JsonSchema

const action = {
  id: 'a',
  name: 'Run',
  act: 'rerun' as const,
  kind: 'http',
  config: { url: 'https://s.example.com/{job}', headers: [{ name: 'Authorization', value: '••••••••' }] },
  words: '',
  team: { id: 't', name: 'L2' },
  scheduler: 'jil',
  tags: ['eod'],
  environments: ['prod' as const],
  createdAt: '',
  updatedAt: '',
  version: 1,
}

it('a new one says what is missing', () => {
  expect(Object.keys(draftProblems(newDraft('http', schema, null), schema)).sort()).toEqual(['config.url', 'name'])
})

it('one that is stored keeps its secret unless another is typed, and is whole', () => {
  const draft = draftOf(action)
  expect(draftProblems(draft, schema)).toEqual({})
  expect(fieldsOf(draft)).toEqual({
    name: 'Run',
    act: 'rerun',
    config: action.config,
    teamId: 't',
    scheduler: 'jil',
    tags: ['eod'],
    environments: ['prod'],
  })
})
