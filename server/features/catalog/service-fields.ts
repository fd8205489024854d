import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { findCalendar } from '../calendars/index.ts'

/** The fields of a service that stand in a row of their own, by their names on the wire. */
export type ServiceFields = {
  name: string
  kind: 'business' | 'technical'
  description: string
  tier: number
  environments: string[]
  ownerTeamId: string | null
  calendarId: string | null
  costPerHour: number | null
  currency: string | null
}

export const columnsOf = (f: ServiceFields) => ({
  name: f.name,
  kind: f.kind,
  description: f.description,
  tier: f.tier,
  environments: f.environments,
  owner_team_id: f.ownerTeamId,
  calendar_id: f.calendarId,
  cost_per_hour: f.costPerHour,
  currency: f.currency,
})

/** What a field cannot know of the others. */
export const refuseBadFields = async (ctx: Context, f: ServiceFields): Promise<void> => {
  if (f.costPerHour !== null && f.currency === null) {
    throw invalid('currency', 'say in which currency the cost per hour is, such as GBP.')
  }
  if (f.calendarId === null) return
  const calendar = await findCalendar(ctx.db, f.calendarId)
  if (!calendar) throw invalid('calendarId', 'there is no such calendar; choose one from the list of calendars.')
  if (calendar.kind !== 'support') {
    throw invalid('calendarId', `${calendar.name} is a ${calendar.kind} calendar; choose a support calendar.`)
  }
}
