import type { Recurrence } from '../../../contract/alerts/silence.ts'
import { span, zoneName } from '../../ui/time.ts'
import type { Maintenance } from './words.ts'

export const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** 'each day', 'Mon to Fri', 'Sat and Sun', 'Tue': days from 1 (Monday) to 7. */
export const daysInWords = (weekdays: readonly number[]): string => {
  const days = [...new Set(weekdays)].sort((a, b) => a - b)
  const names = days.map((day) => dayNames[day - 1] ?? '')
  if (days.length === 7) return 'each day'
  const run = days.every((day, at) => at === 0 || day === (days[at - 1] ?? 0) + 1)
  if (run && days.length > 2) return `${names[0]} to ${names.at(-1)}`
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? 'no day')
}

/** 'Sat and Sun from 02:00 for 2 h, London' */
export const recurrenceInWords = ({ weekdays, from, minutes, zone }: Recurrence): string =>
  `${daysInWords(weekdays)} from ${from} for ${span(minutes * 60_000)}, ${zoneName(zone)}`

const few = (names: readonly string[], many: string) =>
  names.length > 3 ? `${names.length} ${many}` : names.join(', ')

type Covered = {
  services: readonly { name: string }[]
  hosts: readonly string[]
  environments: readonly string[]
}

/** 'Settlement, prdbat01 in uat': what a window holds back. */
export const coveredInWords = ({ services, hosts, environments }: Covered | Maintenance): string => {
  const things = [
    few(
      services.map(({ name }) => name),
      'services',
    ),
    few(hosts, 'hosts'),
  ]
    .filter(Boolean)
    .join(', ')
  if (environments.length === 0) return things === '' ? 'nothing yet' : things
  return things === '' ? `everything in ${environments.join(', ')}` : `${things} in ${environments.join(', ')}`
}
