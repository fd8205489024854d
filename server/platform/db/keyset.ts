import { AppError } from '../errors.ts'

/**
 * A keyset cursor is the sort values of the last row shown, as base64url JSON. It is no secret and grants nothing: the
 * row scope is applied to every page anew.
 */
export const encodeCursor = (values: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(values.map((v) => (v instanceof Temporal.Instant ? v.toString() : v)))).toString('base64url')

export const decodeCursor = (cursor: string, length: number): (string | number | boolean | null)[] => {
  try {
    const values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(values) && values.length === length) return values
  } catch {
    // falls through to the sentence below
  }
  throw new AppError('bad_request', 'cursor: this is not a cursor that was given out here; leave it away to start at the first page.', {
    fields: [{ field: 'cursor', problem: 'is not a cursor that was given out here' }],
  })
}

export type Page<T> = { items: T[]; next: string | null }

/** Cuts a list that was read with one row more than `limit` into a page. */
export const toPage = <T>(rows: T[], limit: number, key: (row: T) => readonly unknown[]): Page<T> => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor(key(last)) : null }
}
