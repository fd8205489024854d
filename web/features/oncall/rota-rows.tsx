import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { millis } from '../../ui/time.ts'
import type { Face, Gap, Override, Rota, Shift } from './data.ts'
import type { Day } from './days.ts'
import { beforeItBegan } from './nobody.ts'
import type { Bar, BarLook, RotaRow } from './rota.ts'
import { type Known, ShiftDetails, spanWithin } from './ShiftDetails.tsx'
import { dayClock, sentence } from './words.ts'

export type Ask = { scheduleId: string; from: number; to: number; removeUserId?: string | undefined }

export type RowsGiven = {
  days: readonly Day[]
  /** What was read: a shift that touches an edge goes on beyond it. */
  known: Known
  people: readonly Face[]
  me: string | undefined
  zone: string
  now: number
  /** Asks for an override of a shift or a gap; undefined where I may not. */
  onAsk?: ((ask: Ask) => void) | undefined
  onOverride?: ((override: Override) => void) | undefined
}

const spanOf = ({ from, to }: { from: string | null; to: string | null }, known: Known): Known => ({
  from: from === null ? known.from : millis(from),
  to: to === null ? known.to : millis(to),
})

type Plan = Omit<Rota, 'schedule' | 'team'> & { schedule: Pick<Rota['schedule'], 'id' | 'name'> }

const shiftBar = (plan: Plan, shift: Shift, look: BarLook, given: RowsGiven): Bar => {
  const { zone, known, now, onAsk, onOverride } = given
  const span = spanOf(shift, known)
  const face = given.people.find(({ id }) => id === shift.user.id)
  const why =
    shift.source.kind === 'override'
      ? `by an override${shift.source.inPlaceOf ? `, in place of ${shift.source.inPlaceOf.name}` : ', beside the others'}`
      : shift.source.name
  const you = shift.user.id === given.me
  const override = plan.overrides.find(({ id }) => shift.source.kind === 'override' && id === shift.source.id)
  const ask = onAsk && look !== 'layer' && span.to > now
  const opening = () => {
    if (override && onOverride && look !== 'layer') return () => onOverride(override)
    return ask ? () => onAsk({ scheduleId: plan.schedule.id, ...span, removeUserId: shift.user.id }) : undefined
  }
  return {
    id: `${look} ${shift.source.id} ${shift.user.id} ${shift.from}`,
    ...span,
    look: shift.source.kind === 'override' && look === 'shift' ? 'override' : look,
    you,
    userId: shift.user.id,
    text: shift.user.name,
    label: `${shift.user.name}${you ? ' (you)' : ''}, ${plan.schedule.name}, ${why}, ${spanWithin(span, known, zone)}`,
    details: (
      <ShiftDetails
        name={shift.user.name}
        what={`${plan.schedule.name} · ${why}`}
        {...{ span, known, zone }}
        own={face?.zone}
        lines={[
          face && !face.active && 'The account is disabled: a page passes over it.',
          override?.reason,
          override?.createdBy ? sentence(`Made by ${override.createdBy.name}`) : undefined,
          override ? 'Enter or a click: change or remove it.' : ask && 'Enter or a click: somebody else takes it.',
        ]}
      />
    ),
    open: opening(),
  }
}

const gapBar = (plan: Plan, gap: Gap, given: RowsGiven): Bar => {
  const { zone, known, now, onAsk } = given
  const span = spanOf(gap, known)
  const quiet = gap.outsideHours || span.to <= now
  const ask = onAsk && span.to > now
  const leave = plan.overrides.find((o) => o.remove && !o.add && millis(o.from) < span.to && millis(o.to) > span.from)
  const what = gap.outsideHours ? 'outside the hours of its layers' : plan.schedule.name
  return {
    id: `gap ${gap.from}`,
    ...span,
    look: quiet ? 'quiet' : 'gap',
    you: false,
    text: 'nobody',
    label: `Nobody, ${plan.schedule.name}${gap.outsideHours ? ', outside its hours' : ''}, ${spanWithin(span, known, zone)}`,
    details: (
      <ShiftDetails
        name="Nobody"
        what={what}
        {...{ span, known, zone }}
        lines={[
          leave && `${leave.remove?.name} is off by an override${leave.reason ? `: ${leave.reason}` : ''}`,
          ask && 'Enter or a click: choose somebody.',
        ]}
      />
    ),
    open: ask ? () => onAsk({ scheduleId: plan.schedule.id, ...span }) : undefined,
  }
}

/** A blank would read as if it were not loaded, or as a gap. */
const beforeBar = (plan: Plan, given: RowsGiven): Bar[] => {
  const { zone, known } = given
  const span = beforeItBegan(plan, known)
  if (!span) return []
  const words = `began on ${dayClock(span.to, zone)}`
  return [
    {
      id: 'before',
      ...span,
      look: 'before',
      you: false,
      text: 'not begun',
      label: `${plan.schedule.name} ${words}: nothing is known of the time before`,
      details: (
        <div>
          <b>{plan.schedule.name}</b> <span className="faint">{words}; nothing is known of the time before.</span>
        </div>
      ),
    },
  ]
}

/** Who is really on call, where nobody is, and what lies before its begin. */
export const finalBars = (plan: Plan, given: RowsGiven): Bar[] => [
  ...plan.final.map((shift) => shiftBar(plan, shift, 'shift', given)),
  ...plan.gaps.map((gap) => gapBar(plan, gap, given)),
  ...beforeBar(plan, given),
]

/** The lines of a schedule: who is really on call and, below and fainter, each layer when there are several, the upper first. */
export const rowsOfRota = (rota: Rota, { withLayers, ...given }: RowsGiven & { withLayers: boolean }): RotaRow[] => {
  const { days } = given
  const { schedule } = rota
  const inDays = (span: { from: number; to: number }) =>
    span.from < (days.at(-1)?.end ?? 0) && span.to > (days[0]?.start ?? 0)
  const layers = withLayers && rota.layers.length > 1 ? rota.layers.toReversed() : []
  return [
    {
      id: schedule.id,
      name: schedule.name,
      days,
      bars: finalBars(rota, given),
      label: (
        <Link to={paths.schedule(schedule.id)} data-schedule={schedule.id}>
          {schedule.name}
        </Link>
      ),
    },
    ...layers
      .map((layer) => ({ layer, bars: layer.shifts.map((shift) => shiftBar(rota, shift, 'layer', given)) }))
      .filter(({ bars }) => bars.some(inDays))
      .map(({ layer, bars }) => ({
        id: `${schedule.id} ${layer.id}`,
        name: `${schedule.name}, ${layer.name}`,
        label: layer.name,
        faint: true,
        days,
        bars,
      })),
  ]
}
