import type { Recurrence } from '../../../contract/alerts/silence.ts'
import { type Instant, isBefore, plusMinutes } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { lasting } from './window-times.ts'

/** The fields of a window, by their names on the wire. */
export type WindowFields = {
  name: string
  serviceIds: string[]
  hosts: string[]
  environments: string[]
  startsAt: Instant
  endsAt: Instant | null
  recurrence: Recurrence | null
  reason: string
}

export const columnsOf = (f: WindowFields) => ({
  name: f.name,
  service_ids: [...new Set(f.serviceIds)],
  hosts: [...new Set(f.hosts)],
  environments: [...new Set(f.environments)],
  starts_at: f.startsAt,
  ends_at: f.endsAt,
  recurrence: f.recurrence ? JSON.stringify(f.recurrence) : null,
  reason: f.reason,
})

const LONGEST_DAYS = 90

/** What a field cannot know of the others. Throws `invalid_input`. */
export const refuseBadWindow = async (ctx: Context, f: WindowFields): Promise<void> => {
  if (f.serviceIds.length + f.hosts.length + f.environments.length === 0)
    throw invalid('serviceIds', 'say what is maintained: services, hosts or environments.')
  if (!f.recurrence && !f.endsAt) throw invalid('endsAt', 'say when it ends, or when it recurs.')
  if (f.endsAt && !isBefore(f.startsAt, f.endsAt)) throw invalid('endsAt', 'must be after the start.')
  if (!f.recurrence && f.endsAt && isBefore(plusMinutes(f.startsAt, LONGEST_DAYS * 1440), f.endsAt))
    throw invalid('endsAt', `must be at most ${LONGEST_DAYS} days after the start; let it recur if it comes round.`)
  if (!lasting({ startsAt: f.startsAt, endsAt: f.endsAt, recurrence: f.recurrence }, ctx.now()))
    throw invalid('endsAt', 'it would never last: choose a time that is still to come.')
  const unique = [...new Set(f.serviceIds)]
  if (unique.length === 0) return
  const known = await ctx.db.selectFrom('services').select('id').where('id', 'in', unique).execute()
  if (known.length < unique.length)
    throw invalid('serviceIds', 'one of these services is not in the catalogue; choose from the list.')
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** "from … until …", or "each Saturday at 22:00 Europe/London for 120 minutes". */
export const whenInWords = (f: Pick<WindowFields, 'startsAt' | 'endsAt' | 'recurrence'>): string => {
  if (!f.recurrence) return `from ${f.startsAt} until ${f.endsAt}`
  const { weekdays, from, zone, minutes } = f.recurrence
  const named = weekdays.toSorted().map((d) => days[d - 1])
  return `each ${named.join(', ')} at ${from} ${zone} for ${minutes} minutes`
}
