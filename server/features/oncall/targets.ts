import type { Instant } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { findTeam, findUser, teamMembers } from '../identity/index.ts'
import { loadSchedules } from './load.ts'
import type { Target } from './steps.ts'
import { type OnCall, onCallAt } from './timeline.ts'

type Reading = Pick<ReadContext, 'db' | 'now'>

/** Somebody a step turns to, or nobody, with the reason from the facts of this moment. */
export type Found = { userId: string; name: string; why: string } | { userId: null; name: null; why: string }

/** Whom the targets of a step mean now. A person named by several is found once, with the first reason. */
export const findTargets = async (ctx: Reading, targets: readonly Target[]): Promise<Found[]> => {
  const found: Found[] = []
  for (const t of targets) {
    for (const f of await findTarget(ctx, t)) {
      if (f.userId === null || !found.some((known) => known.userId === f.userId)) found.push(f)
    }
  }
  return found
}

const findTarget = (ctx: Reading, target: Target): Promise<Found[]> => {
  if (target.kind === 'schedule') return bySchedule(ctx, target.id)
  if (target.kind === 'team') return byTeam(ctx, target.id)
  return person(ctx, target.id, 'The escalation policy names them.').then((f) => [f])
}

const nobody = (why: string): Found => ({ userId: null, name: null, why })

const person = async (ctx: Reading, userId: string, why: string): Promise<Found> => {
  const user = await findUser(ctx.db, userId)
  if (!user) return nobody('The person that the policy names does not exist any more.')
  if (user.disabled) return nobody(`${user.name} would be next, but the account is disabled.`)
  return { userId: user.id, name: user.name, why }
}

const bySchedule = async (ctx: Reading, id: string): Promise<Found[]> => {
  const [loaded] = await loadSchedules(ctx.db, [id], ctx.now())
  if (!loaded) return [nobody('The schedule that the policy names does not exist any more.')]
  const onCall = onCallAt(loaded.schedule, ctx.now())
  if (onCall.length === 0)
    return [nobody(`Nobody is on call for ${loaded.row.name} at ${wallTime(ctx.now(), loaded.row.zone)}.`)]
  const found: Found[] = []
  for (const shift of onCall) found.push(await person(ctx, shift.userId, shiftWords(loaded.row, shift)))
  return found
}

const shiftWords = (row: { name: string; zone: string }, shift: OnCall): string => {
  const until = shift.to ? ` until ${wallTime(shift.to, row.zone)}` : ''
  const how = shift.source.kind === 'override' ? ' by an override' : ` (${shift.source.name})`
  return `On call for ${row.name}${until}${how}.`
}

const byTeam = async (ctx: Reading, id: string): Promise<Found[]> => {
  const team = await findTeam(ctx.db, id)
  if (!team) return [nobody('The team that the policy names does not exist any more.')]
  const members = await teamMembers(ctx.db, id)
  if (members.length === 0) return [nobody(`${team.name} has no members.`)]
  const found: Found[] = []
  for (const m of members)
    found.push(await person(ctx, m.id, `Member of ${team.name}, whom this step turns to as a whole.`))
  return found
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "Thu 26 Nov 07:10 London": with its date, for what may lie weeks ahead. */
export const wallDate = (at: Instant, zone: string): string => {
  const t = at.toZonedDateTimeISO(zone)
  return wallTime(at, zone).replace(' ', ` ${t.day} ${months[t.month - 1]} `)
}

/** "Thu 07:10 London": the zone by its place, as everywhere. */
export const wallTime = (at: Instant, zone: string): string => {
  const t = at.toZonedDateTimeISO(zone)
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][t.dayOfWeek - 1]
  return `${day} ${t.toPlainTime().toString().slice(0, 5)} ${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')}`
}
