import { expect, test } from 'vitest'
import { hurtBy, unitsOf } from './impact.ts'

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

test('units are counted once', () => {
  const service = (name: string, ...units: string[]) => ({
    id: name,
    name,
    kind: 'business' as const,
    tier: 1,
    units: units.map((unit) => ({ name: unit, people: 3 })),
  })
  expect(unitsOf([service('a', 'Rates', 'Cash'), service('b', 'Cash')]).map(({ name }) => name)).toEqual([
    'Cash',
    'Rates',
  ])
})
