import { expect, test } from 'vitest'
import { hurtBy, partOf, tiedTo, troubled, unitsOf } from './impact.ts'

const edges = [
  { from: 'blotter', to: 'orders' },
  { from: 'orders', to: 'gateway' },
  { from: 'blotter', to: 'gateway' },
  { from: 'reports', to: 'store' },
]

test('what breaks goes up to all that need it, once, with each cause', () => {
  expect(Object.fromEntries(hurtBy({ edges }, ['gateway']))).toEqual({ orders: ['gateway'], blotter: ['gateway'] })
  expect(hurtBy({ edges }, ['gateway', 'orders']).get('blotter')).toEqual(['gateway', 'orders'])
  expect(hurtBy({ edges }, [])).toEqual(new Map())
})

test('a circle, which cannot be noted, would not hang it', () => {
  expect([...hurtBy({ edges: [...edges, { from: 'gateway', to: 'blotter' }] }, ['gateway']).keys()]).toEqual([
    'orders',
    'blotter',
  ])
})

const service = (name: string, ...units: [name: string, people: number][]) => ({
  id: name,
  name,
  kind: 'business' as const,
  tier: 1,
  units: units.map(([unit, people]) => ({ name: unit, people })),
})

test('units are counted once, the largest first', () => {
  const units = unitsOf([service('a', ['Rates', 9], ['Cash', 3]), service('b', ['Cash', 3], ['Equities', 30])])
  expect(units.map(({ name }) => name)).toEqual(['Equities', 'Rates', 'Cash'])
})

test('one is tied to all that it needs and to all that needs it, and to no other', () => {
  expect([...tiedTo({ edges }, 'orders')].toSorted()).toEqual(['blotter', 'gateway', 'orders'])
  expect([...tiedTo({ edges }, 'store')].toSorted()).toEqual(['reports', 'store'])
})

test('the trouble is what is broken, what that hurts, and what the broken one needs itself', () => {
  const ids = troubled({ edges }, ['orders'])
  expect([...ids].toSorted()).toEqual(['blotter', 'gateway', 'orders'])
  const map = { services: ['blotter', 'orders', 'gateway', 'reports'].map((id) => service(id)), edges, more: false }
  const part = partOf(map, ids)
  expect(part.services.map(({ id }) => id)).toEqual(['blotter', 'orders', 'gateway'])
  expect(part.edges).toEqual(edges.slice(0, 3))
})
