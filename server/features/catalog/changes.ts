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
