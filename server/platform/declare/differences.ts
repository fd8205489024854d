import { isDeepStrictEqual } from 'node:util'

export type FieldChange = { field: string; before: unknown; after: unknown }

/** Which fields that are said differ from what is stored; what is not said is as it is. */
export const differences = (wanted: object, stored: object | null): FieldChange[] =>
  Object.entries(wanted).flatMap(([field, after]) => {
    if (after === undefined) return []
    const before = (stored as Record<string, unknown> | null)?.[field] ?? null
    return isDeepStrictEqual(plain(before), plain(after)) ? [] : [{ field, before, after }]
  })

// Undefined fields and prototypes do not count.
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))
