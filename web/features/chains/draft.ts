import type { Due } from '../../../contract/chains/deadline.ts'
import type { TellFrom } from '../../../contract/chains/words.ts'
import type { DeadlineDetail } from './data.ts'

type Named = { id: string; name: string }

/** A deadline as it is written in the form. */
export type Draft = {
  name: string
  job: Named | null
  kind: Due['kind']
  /** '07:45', so many days after the business date. */
  time: string
  days: number
  /** After a start: of the first job of the chain, or of the job itself. */
  seconds: number | undefined
  from: 'chain' | 'job'
  zone: string
  weekdays: readonly number[]
  calendarId: string | null
  /** '' where it is that of the zone. */
  cut: string
  tellFrom: TellFrom
  /** In per cent; undefined: as usual. */
  limit: number | undefined
  consequence: string
  audience: string
  cost: string
  /** undefined: that of its job. */
  teamId: string | null | undefined
  service: Named | null | undefined
}

export const newDraft = (zone: string, job: Named | null = null): Draft => ({
  name: '',
  job,
  kind: 'by',
  time: '07:45',
  days: 1,
  seconds: 6 * 3_600,
  from: 'chain',
  zone,
  weekdays: [1, 2, 3, 4, 5],
  calendarId: null,
  cut: '',
  tellFrom: 'predicted_late',
  limit: undefined,
  consequence: '',
  audience: '',
  cost: '',
  teamId: undefined,
  service: undefined,
})

export const draftOf = (d: DeadlineDetail): Draft => ({
  ...newDraft(d.due.zone, d.job),
  name: d.name,
  kind: d.due.kind,
  ...(d.due.kind === 'by' ? { time: d.due.time, days: d.due.days } : { seconds: d.due.seconds, from: d.due.from }),
  weekdays: d.weekdays,
  calendarId: d.calendarId,
  cut: d.cut ?? '',
  tellFrom: d.tellFrom,
  limit: d.oddsLimit === null ? undefined : Math.round(d.oddsLimit * 100),
  consequence: d.consequence,
  audience: d.audience,
  cost: d.cost,
  teamId: d.teamId,
  service: d.service,
})

const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

/** What can be seen to be wrong before it is sent. */
export const draftProblems = (d: Draft): Record<string, string> => ({
  ...(!d.name.trim() && { name: 'Give it a name.' }),
  ...(!d.job && { jobId: 'Choose the last job of the chain.' }),
  ...(d.kind === 'by' && !isTime(d.time) && { 'due.time': 'Say a time of day such as 07:45.' }),
  ...(d.kind === 'in' && !d.seconds && { 'due.seconds': 'Say within which time.' }),
  ...(d.weekdays.length === 0 && { weekdays: 'Choose at least one day.' }),
  ...(d.cut !== '' && !isTime(d.cut) && { cut: 'Say a time of day such as 17:00, or nothing.' }),
})

/** The fields of the form that show what the server says about them. */
export const fieldNames = [
  'name',
  'jobId',
  'due.time',
  'due.days',
  'due.seconds',
  'due.zone',
  'weekdays',
  'calendarId',
  'cut',
  'tellFrom',
  'oddsLimit',
  'consequence',
  'audience',
  'cost',
  'teamId',
  'serviceId',
] as const

/** The draft as the API takes it. */
export const fieldsOf = (d: Draft) => ({
  name: d.name.trim(),
  jobId: d.job?.id ?? '',
  due:
    d.kind === 'by'
      ? { kind: 'by' as const, time: d.time, days: d.days, zone: d.zone }
      : { kind: 'in' as const, seconds: d.seconds ?? 0, from: d.from, zone: d.zone },
  weekdays: [...d.weekdays],
  calendarId: d.calendarId,
  cut: d.cut === '' ? null : d.cut,
  tellFrom: d.tellFrom,
  oddsLimit: d.limit === undefined ? null : d.limit / 100,
  consequence: d.consequence.trim(),
  audience: d.audience.trim(),
  cost: d.cost.trim(),
  ...(d.teamId !== undefined && { teamId: d.teamId }),
  ...(d.service !== undefined && { serviceId: d.service?.id ?? null }),
})

const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
export const weekdays = weekdayNames.map((label, index) => ({ value: index + 1, label }))

const usualCut = '17:00'

/**
 * The next wall times at which it would be due by its weekdays, each with its business date. A time before the cut on the
 * date itself is that of the morning after, as the server has it.
 */
export const nextDates = (d: Draft, now: string, count = 5): { date: string; wall: string }[] => {
  const found: { date: string; wall: string }[] = []
  const days = d.days === 0 && d.time <= (d.cut || usualCut) ? 1 : d.days
  for (let day = -days; day < 14 && found.length < count; day += 1) {
    const at = Date.parse(`${now.slice(0, 10)}T12:00Z`) + day * 86_400_000
    const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10)
    const weekday = new Date(at).getUTCDay() || 7
    const wall = `${iso(at + days * 86_400_000)}T${d.time}`
    if (d.weekdays.includes(weekday) && wall > now) found.push({ date: iso(at), wall })
  }
  return found
}
