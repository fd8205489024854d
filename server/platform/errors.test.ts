import { expect, it } from 'vitest'
import { isDatabaseAway } from './errors.ts'

it.each<[string, unknown, boolean]>([
  ['a connection that was ended by the server', { code: '57P01' }, true],
  ['one that cannot be made', { code: 'ECONNREFUSED' }, true],
  ['no room for more connections', { code: '53300' }, true],
  ['a server that only reads yet, at a fail-over', { code: '25006' }, true],
  ['a pool that waited in vain', new Error('timeout exceeded when trying to connect'), true],
  ['a statement that is wrong', { code: '42601' }, false],
  ['a transaction that has failed already', { code: '25P02' }, false],
  ['something else', new Error('no'), false],
])('the database is away, or not: %s', (_, error, away) => expect(isDatabaseAway(error)).toBe(away))
