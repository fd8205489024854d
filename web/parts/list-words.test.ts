import { expect, test } from 'vitest'
import { query } from '../api.ts'
import { listWords, namesOf } from './list-words.ts'

test('lists of fields have names, each told once; the long list of a page and what is no list have none', () => {
  const teams = query.identity.teams.list.queryKey({ input: { limit: 200 } })
  const others = query.identity.teams.list.queryKey({ input: { limit: 50 } })
  const services = query.catalog.services.list.queryKey({ input: { limit: 50, search: 'ord' } })
  expect(listWords([teams])).toBe('The teams')
  expect(listWords([teams, others, services, query.calendars.list.queryKey({ input: {} })])).toBe(
    'The teams, the services and the calendars',
  )
  expect(namesOf(query.jobs.list.infiniteKey({ input: () => ({}), initialPageParam: undefined }))).toBeUndefined()
  expect(namesOf(query.jobs.read.queryKey({ input: { id: '1' } }))).toBeUndefined()
  expect(namesOf(['me'])).toBeUndefined()
})
