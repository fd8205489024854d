import { isDeepStrictEqual } from 'node:util'

/** What differs between what is stored and the fields that were given, as before and after; null when nothing does. */
export const differences = <T extends object>(stored: T, given: { [K in keyof T]?: T[K] | undefined }) => {
  const fields = (Object.keys(stored) as (keyof T & string)[]).filter(
    (field) => given[field] !== undefined && !isDeepStrictEqual(given[field], stored[field]),
  )
  if (fields.length === 0) return null
  const before: Partial<T> = {}
  const after: Partial<T> = {}
  for (const field of fields) {
    before[field] = stored[field]
    after[field] = given[field] as T[typeof field]
  }
  return { before, after, next: { ...stored, ...after } }
}
