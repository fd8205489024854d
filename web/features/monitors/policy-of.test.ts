import { expect, test } from 'vitest'
import { policyOf } from './policy-of.ts'

const markets = { id: 'm' }
const policies = [
  { id: '3', name: 'Newer of markets', team: markets, services: [] },
  { id: '2', name: 'Markets', team: markets, services: [] },
  { id: '1', name: 'DBA', team: { id: 'd' }, services: [{ id: 'orders' }] },
  { id: '0', name: 'Of nobody', team: null, services: [] },
]

test.each([
  [{ id: 'orders', ownerTeam: markets }, 'DBA'],
  [{ id: 'risk', ownerTeam: markets }, 'Markets'],
  [{ id: 'risk', ownerTeam: { id: 'x' } }, undefined],
  [{ id: 'risk', ownerTeam: null }, undefined],
])('%j pages by %s', (service, name) => expect(policyOf(policies, service)?.name).toBe(name))
