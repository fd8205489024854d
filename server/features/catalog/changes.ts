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

const words: Record<string, string> = {
  atTime: 'time',
  ownerTeamId: 'owner team',
  teamId: 'team',
  calendarId: 'support calendar',
  costPerHour: 'cost per hour',
}

/** `tier from 2 to 1, owner team, description`: values where they are short and mean something to a reader. */
export const inWords = (before: Record<string, unknown>, after: Record<string, unknown>): string =>
  Object.keys(after)
    .map((field) => {
      const name = words[field] ?? field
      const [from, to] = [plain(field, before[field]), plain(field, after[field])]
      return from === null || to === null ? name : `${name} from ${from} to ${to}`
    })
    .join(', ')

const days = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

const plain = (field: string, value: unknown): string | null => {
  if (field.endsWith('Id') || field === 'description') return null
  if (Array.isArray(value)) return value.map((v) => (field === 'days' ? days[v] : v)).join(' ')
  if (value === null || value === '') return 'none'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}
