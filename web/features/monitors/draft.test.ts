import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { keptSecret } from '../../../contract/monitors/secrets.ts'
import type { JsonSchema } from '../../ui/schema.ts'
import type { MonitorDetail } from './data.ts'
import { type Draft, draftOf, draftProblems, fieldsOf, newDraft, rhythmOf, suggestedName, trialKey } from './draft.ts'

const http = z.strictObject({
  address: z.url().max(2000).meta({ title: 'Address' }),
  status: z.string().default('200-399'),
  contains: z.string().min(1).optional(),
  json: z.array(z.string().min(1)).default([]),
  timeoutSeconds: z.number().min(0.1).max(120).default(10).meta({ title: 'Give up after', unit: 's' }),
  headers: z.array(z.strictObject({ name: z.string(), value: z.string().meta({ secret: true }) })).default([]),
})
const schema = z.toJSONSchema(http, { io: 'input' }) as JsonSchema
const start = newDraft('http', schema)
const good: Draft = { ...start, config: { ...start.config, address: 'https://orders.example.com/health' } }

test('a new one needs nothing but an address', () => {
  expect(Object.keys(draftProblems(start, schema))).toEqual(['name', 'config.address'])
  expect(draftProblems(good, schema)).toEqual({})
})

test('what is sent passes the schema of the kind, and says no more than was written', () => {
  const { config, ...fields } = fieldsOf({
    ...good,
    config: { ...good.config, contains: '', json: ['$.a == "x, y"', ''] },
  })
  expect(http.safeParse(config).success).toBe(true)
  expect(config).not.toHaveProperty('contains')
  expect(config.json).toEqual(['$.a == "x, y"'])
  expect(fields).toMatchObject({
    name: 'orders.example.com/health',
    serviceId: null,
    environment: 'prod',
    intervalSeconds: 60,
  })
  expect(fields).not.toHaveProperty('teamId')
})

test.each([
  [{ intervalSeconds: undefined }, 'intervalSeconds'],
  [{ intervalSeconds: 4 }, 'intervalSeconds'],
  [{ downAfter: 4 }, 'downAfter'],
  [{ ofLooks: 21 }, 'ofLooks'],
  [{ upAfter: 0.5 }, 'upAfter'],
  [{ config: { ...good.config, timeoutSeconds: 61 } }, 'config.timeoutSeconds'],
] as const)('%j is told at its field', (change, field) => {
  expect(Object.keys(draftProblems({ ...good, ...change }, schema))).toEqual([field])
})

test('an emptied time to give up is what the kind says', () => {
  const { timeoutSeconds: _, ...config } = good.config
  expect(rhythmOf({ ...good, config }, schema)).toEqual({ intervalSeconds: 60, downAfter: 3, timeoutSeconds: 10 })
  expect(rhythmOf({ ...good, downAfter: undefined }, schema)).toBeUndefined()
})

test.each([
  [{ address: 'https://orders.example.com/' }, 'orders.example.com'],
  [{ address: 'https://orders.example.com/health?x=1' }, 'orders.example.com/health'],
  [{ host: 'db1.example.com', port: 5432 }, 'db1.example.com:5432'],
  [{ name: 'orders.example.com', type: 'MX' }, 'orders.example.com MX'],
  [{ address: 'nonsense' }, ''],
])('%j is called %s', (config, name) => expect(suggestedName({ ...start, config })).toBe(name))

describe('an existing one', () => {
  const stored = {
    name: 'Login',
    kind: 'http',
    config: { address: 'https://a.example', headers: [{ name: 'Authorization', value: keptSecret }] },
    service: null,
    environment: 'uat',
    team: { id: 't', name: 'L2' },
    intervalSeconds: 30,
    downAfter: 2,
    ofLooks: 3,
    upAfter: 2,
  } as unknown as MonitorDetail

  test('goes out as it came in, its secrets by their marks', () => {
    const draft = draftOf(stored)
    expect(draft.config).toEqual({ address: 'https://a.example', headers: [{ name: 'Authorization' }] })
    expect(draftProblems(draft, schema)).toEqual({})
    expect(fieldsOf(draft)).toMatchObject({ config: stored.config, teamId: 't', environment: 'uat', upAfter: 2 })
  })

  test('is tried anew when what is looked at changes, and only then', () => {
    const draft = draftOf(stored)
    expect(trialKey({ ...draft, name: 'Other', intervalSeconds: 60 })).toBe(trialKey(draft))
    expect(trialKey({ ...draft, config: { ...draft.config, status: '200' } })).not.toBe(trialKey(draft))
  })
})
