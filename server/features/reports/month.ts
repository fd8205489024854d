import { type MonthReport, monthInput } from '../../../contract/reports/index.ts'
import type { Instant } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { aboutUnits, findUnit, unitsOfPerson } from '../catalog/index.ts'
import { nightsBetween, type PastNight } from '../chains/index.ts'
import { disturbancesBetween } from '../desk/index.ts'
import { byService, minutesOf, type Span, within } from './disturbed.ts'
import { watchedSince } from './watched-since.ts'

const MOST = 2_000
/** Each night of a month of as many deadlines as one reads of. */
const MOST_NIGHTS = 20_000

/** Disturbances and missed deadlines of a month: of all, of a business unit, or, for a stakeholder, of the own units. */
export const readMonth = query('report.month', {
  permission: 'report.read',
  input: monthInput,
  async run(ctx, { month, zone, unitId }): Promise<MonthReport> {
    const { units, services } = await whose(ctx, unitId)
    const first = Temporal.PlainDate.from(`${month}-01`)
    const from = first.toZonedDateTime(zone).toInstant()
    const to = first.add({ months: 1 }).toZonedDateTime(zone).toInstant()
    const some = { from, to, services }
    const found = await disturbancesBetween(ctx.db, { ...some, limit: MOST + 1 })
    const nights = await nightsBetween(ctx.db, { ...some, limit: MOST_NIGHTS })
    const watched = await watchedSince(ctx.db)
    const now = ctx.now().epochMilliseconds
    const all: Span = [from.epochMilliseconds, Math.min(now, to.epochMilliseconds)]
    const spanOf = (since: Instant, overAt: Instant | null): Span => [
      since.epochMilliseconds,
      overAt?.epochMilliseconds ?? now,
    ]
    const troubles = found.slice(0, MOST).map((one) => ({
      ...one,
      span: spanOf(one.since, one.overAt),
      open: one.overAt === null,
    }))
    return {
      from: String(from),
      to: String(to),
      watchedSince: watched && String(watched),
      units,
      services: byService(troubles, all),
      disturbances: troubles.map(({ number, priority, since, overAt, serviceId, serviceName, span }) => ({
        number,
        priority,
        service: { id: serviceId, name: serviceName },
        since: String(since),
        overAt: overAt && String(overAt),
        minutes: minutesOf(within(span, all)),
      })),
      more: found.length > MOST || nights.length === MOST_NIGHTS,
      deadlines: keptOf(nights),
      missed: nights.filter(isMissed).map(({ id, name, date, dueAt, doneAt }) => ({
        deadline: { id, name },
        date,
        dueAt: String(dueAt),
        doneAt: doneAt && String(doneAt),
      })),
    }
  },
})

/** The units that are asked about, and the services whose trouble is theirs; null: all. */
const whose = async (ctx: ReadContext, unitId: string | undefined) => {
  const own = ctx.scope.rows === 'all' ? null : ctx.scope.userId ? await unitsOfPerson(ctx.db, ctx.scope.userId) : []
  if (!unitId && own === null) return { units: [], services: null }
  const unit = unitId ? await findUnit(ctx.db, unitId) : null
  // What is not one’s own looks as if it were not there.
  if (unitId && (!unit || (own && !own.some(({ id }) => id === unitId)))) throw notFound('The business unit')
  const units = unit ? [{ id: unit.id, name: unit.name }] : (own ?? [])
  const { services } = await aboutUnits(
    ctx.db,
    units.map(({ id }) => id),
  )
  return { units, services }
}

const isMissed = ({ state }: PastNight): boolean => state === 'late' || state === 'done_late'
const isOver = (night: PastNight): boolean => isMissed(night) || night.state === 'done'

const keptOf = (nights: readonly PastNight[]): MonthReport['deadlines'] =>
  [...Map.groupBy(nights, ({ id }) => id).values()]
    .flatMap((some) => {
      const [first] = some
      if (!first) return []
      const service = first.serviceId === null ? null : { id: first.serviceId, name: first.serviceName ?? '' }
      const { id, name } = first
      const nights = some.filter(isOver).length
      // Of one that has had no night yet there is nothing to say.
      if (nights === 0) return []
      return [{ id, name, service, nights, missed: some.filter(isMissed).length }]
    })
    .sort((a, b) => b.missed - a.missed || (a.name < b.name ? -1 : 1))
