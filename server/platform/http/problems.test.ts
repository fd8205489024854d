import { expect, it } from 'vitest'
import { AppError, conflict } from '../errors.ts'
import { asAppError } from './problems.ts'

const coded = (code: string) => Object.assign(new Error(`PostgreSQL says ${code}`), { code })

it.each([
  ['a lock that took too long', coded('55P03'), 'unavailable', /took too long/],
  ['a statement that took too long', coded('57014'), 'unavailable', /took too long/],
  ['a database that goes away', coded('57P01'), 'unavailable', /database is away/],
  ['a full disk', coded('53100'), 'unavailable', /disk of the database is full/],
  ['NUL in a text', coded('22021'), 'invalid_input', /cannot be kept/],
  ['a mistake of ours', coded('42703'), 'internal', /failed on our side/],
  ['what a caller may read', conflict('It is over.'), 'conflict', /It is over/],
])('%s is told as what it is', (_what, error, code, says) => {
  const told = asAppError(error)
  expect(told).toBeInstanceOf(AppError)
  expect(told.code).toBe(code)
  expect(told.message).toMatch(says)
  if (code === 'unavailable') expect(told.retryAfterSeconds).toBeGreaterThan(0)
})
