import { millis } from '../../../ui/time.ts'
import { wallOf } from '../../../ui/wall.ts'
import type { Night, NightJob } from '../data.ts'

/** The part of the night that is in sight, in milliseconds since 1970. */
export type Sight = { from: number; to: number }

const minute = 60_000
const hour = 60 * minute
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * minute)

/** When a job is drawn first and last; undefined where it has no time. */
export const spanOf = (job: NightJob): Sight | undefined => {
  const times = [
    ...job.runs.flatMap((run) => [run.startedAt, run.endedAt]),
    job.startedAt,
    job.endedAt,
    job.startsAt,
    job.endsAt,
    job.band?.p90 ?? null,
  ].flatMap((at) => (at === null ? [] : [millis(at)]))
  return times.length === 0 ? undefined : { from: Math.min(...times), to: Math.max(...times) }
}

/** All of a night with its deadline, and with now while it goes on. */
export const wholeOf = (night: Night): Sight => {
  const spans = night.jobs.flatMap((job) => spanOf(job) ?? [])
  const due = millis(night.words.dueAt)
  const now = millis(night.now)
  const first = Math.min(due, ...spans.map(({ from }) => from))
  const last = Math.max(due, ...spans.map(({ to }) => to))
  const from = now > first - 6 * hour && now < first ? now : first
  const room = Math.max((last - from) * 0.04, 5 * minute)
  return { from: from - room, to: last + room }
}

/** What is looked at first of a night that goes on: what comes, and as much of what was that one sees how it came to that. */
export const nearOf = (night: Night, whole: Sight): Sight => {
  const now = millis(night.now)
  if (now <= whole.from || now >= whole.to || night.words.doneAt) return whole
  const back = Math.max(1.5 * hour, (whole.to - now) * 1.2)
  return { from: Math.max(whole.from, now - back), to: whole.to }
}

const least = 10 * minute

/** Nearer (`by` under 1) or further, about a time that stays where it is; never beyond what there is. */
export const zoomed = (sight: Sight, by: number, about: number, whole: Sight): Sight => {
  const most = whole.to - whole.from
  const width = Math.min(Math.max((sight.to - sight.from) * by, Math.min(least, most)), most)
  const share = (Math.min(Math.max(about, sight.from), sight.to) - sight.from) / (sight.to - sight.from)
  return within(about - share * width, width, whole)
}

/** Earlier (negative) or later, by a share of what is in sight. */
export const moved = (sight: Sight, by: number, whole: Sight): Sight => {
  const width = sight.to - sight.from
  return within(sight.from + by * width, width, whole)
}

const within = (from: number, width: number, whole: Sight): Sight => {
  const first = Math.min(Math.max(from, whole.from), whole.to - width)
  return { from: first, to: first + width }
}

/** Round times of the zone, not closer than `room` px at this width. */
export const ticksOf = ({ from, to }: Sight, width: number, zone: string, room = 84): number[] => {
  if (width <= 0) return []
  const wanted = ((to - from) / width) * room
  const step = steps.find((one) => one >= wanted) ?? (steps.at(-1) as number)
  // The wall of the zone as if it were UTC: what is round there is round for people.
  const wall = (at: number) => Date.parse(`${wallOf(at, zone)}Z`)
  const offset = wall(from) - Math.floor(from / minute) * minute
  const ticks: number[] = []
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to; at += step) ticks.push(at)
  return ticks
}
