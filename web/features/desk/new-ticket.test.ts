import { expect, test } from 'vitest'
import { emptyTicket, inputOf } from './new-ticket.ts'

const named = (id: string) => ({ id, name: id })
const full = {
  ...emptyTicket,
  title: ' No prices ',
  service: named('service'),
  requester: { ...named('person'), email: 'p@example.com' },
  impact: 'high' as const,
  team: named('team'),
  page: true,
  via: 'phone' as const,
}

test('the desk says everything, and leaves to the rule what it did not choose', () => {
  expect(inputOf(full, { desk: true })).toEqual({
    kind: 'incident',
    title: 'No prices',
    description: '',
    environment: 'prod',
    serviceId: 'service',
    requesterId: 'person',
    teamId: 'team',
    impact: 'high',
    via: 'phone',
    page: true,
  })
  expect(inputOf(emptyTicket, { desk: true })).toEqual({
    kind: 'incident',
    title: '',
    description: '',
    environment: 'prod',
    via: 'desk',
    page: false,
  })
})

test('those who ask send nothing that is the desk’s', () => {
  expect(inputOf(full, { desk: false })).toEqual({
    kind: 'incident',
    title: 'No prices',
    description: '',
    environment: 'prod',
    serviceId: 'service',
  })
})
