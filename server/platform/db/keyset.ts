import type { z } from 'zod'
import { AppError } from '../errors.ts'

/**
 * A keyset cursor is the sort values of the last row shown, as base64url JSON. It is no secret and grants nothing: the
 * row scope is applied to every page anew.
 */
export const encodeCursor = (values: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(values.map((v) => (v instanceof Temporal.Instant ? v.toString() : v)))).toString(
    'base64url',
  )

/** The values of a cursor, in the shape that is given, so that a forged one cannot reach the database: `z.tuple([z.string(), z.uuid()])`. */
export const readCursor = <S extends z.ZodType>(cursor: string, shape: S): z.output<S> => {
  const parsed = shape.safeParse(cursorValues(cursor))
  if (parsed.success) return parsed.data
  throw notACursor()
}

const cursorValues = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

const notACursor = () =>
  new AppError(
    'bad_request',
    'cursor: this is not a cursor that was given out here; leave it out to start at the first page.',
    {
      fields: [{ field: 'cursor', problem: 'is not a cursor that was given out here' }],
    },
  )

export type Page<T> = { items: T[]; next: string | null }

/** Cuts a list that was read with one row more than `limit` into a page. */
export const toPage = <T>(rows: T[], limit: number, key: (row: T) => readonly unknown[]): Page<T> => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor(key(last)) : null }
}
