import { expect, it } from 'vitest'
import { z } from 'zod'
import { http } from '../http.ts'
import { mapSecrets, secretPaths, secretsIn } from './secrets.ts'

const config = z.object({
  name: z.string(),
  password: z.string().optional().meta({ secret: true }),
  headers: z.array(z.object({ name: z.string(), value: z.string().meta({ secret: true }) })).default([]),
  extra: z.record(z.string(), z.string().meta({ secret: true })).optional(),
  auth: z.union([
    z.object({ kind: z.literal('basic'), pass: z.string().meta({ secret: true }) }),
    z.object({ kind: z.literal('none') }),
  ]),
  reused: z.string().meta({ secret: true }).nullable(),
})
const paths = secretPaths(config)
const value = {
  name: 'n',
  password: 'p',
  headers: [
    { name: 'a', value: 'h1' },
    { name: 'b', value: 'h2' },
  ],
  extra: { x: 'e' },
  auth: { kind: 'basic', pass: 'b' },
  reused: null,
}

it('finds what is marked, wherever it is', () => {
  expect(paths).toEqual([['password'], ['headers', '*', 'value'], ['extra', '*'], ['auth', 'pass'], ['reused']])
  expect(secretPaths(http.config)).toEqual([['headers', '*', 'value']])
})

it('changes the secrets and nothing else, in a copy', () => {
  const before = structuredClone(value)
  expect(mapSecrets(paths, value, (secret) => secret.toUpperCase())).toEqual({
    name: 'n',
    password: 'P',
    headers: [
      { name: 'a', value: 'H1' },
      { name: 'b', value: 'H2' },
    ],
    extra: { x: 'E' },
    auth: { kind: 'basic', pass: 'B' },
    reused: null,
  })
  expect(value).toEqual(before)
})

it('copes with values of another shape', () => {
  for (const odd of [null, 'text', 5, [], {}, { headers: 'no list', extra: null, auth: 'none' }]) {
    expect(mapSecrets(paths, odd, () => 'changed')).toEqual(odd)
  }
})

it('lists the secrets', () => {
  expect(secretsIn(paths, value)).toEqual(['p', 'h1', 'h2', 'e', 'b'])
})
