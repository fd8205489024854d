import { sql } from 'kysely'
import type { SlaAppliesTo } from '../../../contract/sla/index.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, invalid, notFound } from '../../platform/errors.ts'
import { findCalendar, nextOpen } from '../calendars/index.ts'
import { allPolicies, type SlaPolicy } from './policy.ts'

/** One act on policies at a time: their order is all of theirs. Throws `not_found` and `stale`. */
export const lockPolicies = async (ctx: Context): Promise<SlaPolicy[]> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('sla_policies', 0))`.execute(ctx.db)
  return allPolicies(ctx.db)
}

export const lockPolicy = async (ctx: Context, id: string): Promise<SlaPolicy> => {
  const policy = (await lockPolicies(ctx)).find((p) => p.id === id)
  if (!policy) throw notFound('The SLA policy')
  if (ctx.expected !== null && ctx.expected !== policy.version) {
    throw new AppError(
      'stale',
      `Somebody changed ${policy.name} since you read it. Load it again and repeat your change.`,
    )
  }
  return policy
}

/** What is written of a policy. */
export const policyColumns = (p: Omit<SlaPolicy, 'id' | 'isDefault' | 'position' | 'updatedAt' | 'version'>) => ({
  name: p.name,
  calendar_id: p.calendarId,
  targets: JSON.stringify(p.targets),
  rules: JSON.stringify({
    appliesTo: p.appliesTo,
    warnPercent: p.warnPercent,
    onReopen: p.onReopen,
    onReclass: p.onReclass,
    pauseReasons: p.pauseReasons,
    cutOffs: p.cutOffs,
  }),
})

/** Refuses what is not there, or cannot be counted by. Throws `invalid_input` at the field. */
export const refuseUnusable = async (
  ctx: Context,
  p: Pick<SlaPolicy, 'name' | 'calendarId' | 'cutOffs'> & { appliesTo: SlaAppliesTo },
  own: string | null,
): Promise<void> => {
  const taken = (await allPolicies(ctx.db)).find((o) => o.id !== own && o.name.toLowerCase() === p.name.toLowerCase())
  if (taken) throw invalid('name', `there is an SLA policy ${taken.name} already; choose another name`)
  if (p.calendarId !== null) await refuseCalendar(ctx, p.calendarId)
  await refuseUnknown(ctx, 'services', 'appliesTo.serviceIds', 'service', p.appliesTo.serviceIds)
  await refuseUnknown(ctx, 'business_units', 'appliesTo.businessUnitIds', 'business unit', p.appliesTo.businessUnitIds)
  const names = p.cutOffs.map((c) => c.name.toLowerCase())
  const twice = p.cutOffs.find((c, i) => names.indexOf(c.name.toLowerCase()) !== i)
  if (twice) throw invalid('cutOffs', `${twice.name} is listed twice; give each cut-off a name of its own`)
}

const refuseCalendar = async (ctx: Context, id: string) => {
  const calendar = await findCalendar(ctx.db, id)
  if (!calendar) throw invalid('calendarId', 'there is no such calendar; choose one from the list of calendars')
  if (calendar.kind !== 'support')
    throw invalid('calendarId', `${calendar.name} is a ${calendar.kind} calendar; SLA clocks run by support calendars`)
  const open = nextOpen(calendar.rules, ctx.now())
  if (open.kind === 'never') throw invalid('calendarId', `${calendar.name} cannot be counted by: ${open.reason}`)
}

const refuseUnknown = async (
  ctx: Context,
  table: 'services' | 'business_units',
  field: string,
  what: string,
  ids: readonly string[],
) => {
  if (ids.length === 0) return
  const rows = await ctx.db.selectFrom(table).select('id').where('id', 'in', ids).execute()
  const missing = ids.find((id) => !rows.some((r) => r.id === id))
  if (missing) throw invalid(field, `there is no ${what} ${missing}; choose one from the list`)
}
