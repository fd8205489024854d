import { expect, it } from 'vitest'
import { reasonOf } from './candidate-rules.ts'

const about = { serviceId: 'orders', upstream: new Map([['identity', 'Identity']]), similar: false }
const ticket = (more: object) => ({
  serviceId: 'identity',
  service: 'Identity',
  kind: 'incident',
  priority: 2,
  ...more,
})

it.each([
  ['an outage of what the service depends on', {}, {}, 'Identity is upstream'],
  ['a request there is none', { kind: 'request' }, {}, ''],
  ['nor the trouble of one person', { priority: 5 }, {}, ''],
  ['but in the same words it may be', { priority: 5 }, { similar: true }, 'Identity is upstream, similar words'],
  ['on the same service anything may be', { serviceId: 'orders', priority: 5 }, {}, 'same service'],
])('%s', (_, of, more, reason) => expect(reasonOf(ticket(of), { ...about, ...more }).reason).toBe(reason))
