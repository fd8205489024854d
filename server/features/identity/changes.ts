/** What an input changes of a row: the new values, and before and after for the event. Null when nothing differs. */
export const changesOf = <T extends Record<string, unknown>>(
  before: { [K in keyof T]?: unknown },
  wanted: T,
): { set: Partial<T>; changes: Record<string, { before: unknown; after: unknown }> } | null => {
  const differing = (Object.entries(wanted) as [keyof T & string, unknown][]).filter(
    ([field, value]) => value !== undefined && value !== before[field],
  )
  if (differing.length === 0) return null
  return {
    set: Object.fromEntries(differing) as Partial<T>,
    changes: Object.fromEntries(differing.map(([field, after]) => [field, { before: before[field], after }])),
  }
}
