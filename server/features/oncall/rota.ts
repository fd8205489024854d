import type { Instant } from '../../platform/clock.ts'
import { gapsByHours } from './hours.ts'
import type { OverrideRow } from './load.ts'
import type { Schedule } from './schedule-rules.ts'
import type { renderShifts } from './timeline.ts'
import { shiftView } from './views.ts'

/** Who a rota names: all whose names a view of it needs. */
export const usersOfRota = (rota: ReturnType<typeof renderShifts>, overrides: readonly OverrideRow[]): string[] => [
  ...[rota.final, ...rota.layers.map((l) => l.shifts)]
    .flat()
    .flatMap((s) => [s.userId, ...(s.source.inPlaceOf ? [s.source.inPlaceOf] : [])]),
  ...overrides.flatMap((o) => [o.add_user_id, o.remove_user_id, o.created_by].filter((u) => u !== null)),
]

/** A schedule over a time as calendars show it. */
export const rotaView = (
  rendered: ReturnType<typeof renderShifts>,
  given: {
    schedule: Schedule
    overrides: readonly OverrideRow[]
    from: Instant
    to: Instant
    names: ReadonlyMap<string, string>
  },
) => {
  const { names } = given
  const named = (u: string | null) => (u ? { id: u, name: names.get(u) ?? '' } : null)
  return {
    layers: rendered.layers.map((l) => ({ id: l.id, name: l.name, shifts: l.shifts.map((s) => shiftView(s, names)) })),
    final: rendered.final.map((s) => shiftView(s, names)),
    gaps: gapsByHours(given.schedule, given.from, given.to),
    overrides: given.overrides.map((o) => ({
      id: o.id,
      from: o.starts_at,
      to: o.ends_at,
      add: named(o.add_user_id),
      remove: named(o.remove_user_id),
      reason: o.reason,
      createdBy: named(o.created_by),
    })),
  }
}
