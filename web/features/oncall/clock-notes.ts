import { day, zoneName } from '../../ui/time.ts'
import { clockChanges, offsetAt } from './clock-changes.ts'
import { listWords } from './words.ts'

type Layer = {
  kind: string
  startsAt: string
  participants: readonly string[]
  restrictions: readonly { from: string }[]
}
type Schedule = { id: string; name: string; zone: string; layers: readonly Layer[] }
type Face = { id: string; name: string; zone: string }

/** What a change of the clocks does to hand-overs: one for each instant at which clocks change. */
export type ClockNote = { at: number; title: string; lines: string[] }

const MINUTE = 60_000
const MOST_TIMES = 2

/** The times of day at which somebody takes over, by the clock of the schedule's zone. */
export const handoverTimes = (layers: readonly Layer[]): string[] => {
  const times = layers.flatMap(({ kind, startsAt, participants, restrictions }) => [
    ...restrictions.map(({ from }) => from),
    ...(kind !== 'hourly' && new Set(participants).size > 1 ? [startsAt.slice(11)] : []),
  ])
  return [...new Set(times)].sort()
}

const shifted = (time: string, minutes: number): string => {
  const [hours = 0, mins = 0] = time.split(':').map(Number)
  const at = (((hours * 60 + mins + minutes) % 1440) + 1440) % 1440
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
}

/** 'L2 markets hands over at 07:00 London: from then that is 16:00 for Aiko T. in Tokyo, not 15:00.' */
const linesOf = (schedule: Schedule, faces: readonly Face[], at: number): string[] => {
  const members = new Set(schedule.layers.flatMap(({ participants }) => participants))
  const zones = Map.groupBy(
    faces.filter(({ id, zone }) => members.has(id) && zone !== schedule.zone),
    ({ zone }) => zone,
  )
  const aheadAt = (when: number, zone: string) => offsetAt(when, zone) - offsetAt(when, schedule.zone)
  return [...zones].flatMap(([zone, people]) => {
    const [before, after] = [aheadAt(at - MINUTE, zone), aheadAt(at, zone)]
    if (before === after) return []
    const who = listWords(people.map(({ name }) => name))
    return handoverTimes(schedule.layers)
      .slice(0, MOST_TIMES)
      .map(
        (time) =>
          `${schedule.name} hands over at ${time} ${zoneName(schedule.zone)}: from then on that is ${shifted(time, after)} for ${who} in ${zoneName(zone)}, not ${shifted(time, before)}.`,
      )
  })
}

/**
 * What people on schedules should know of the clock changes after `from` and until `to`. A change that moves nobody's
 * hand-over is told without lines when it is in the zone of a schedule: that night is longer or shorter.
 */
export const clockNotes = (
  schedules: readonly Schedule[],
  faces: readonly Face[],
  { from, to }: { from: number; to: number },
): ClockNote[] => {
  const members = new Set(schedules.flatMap(({ layers }) => layers.flatMap(({ participants }) => participants)))
  const own = faces.filter(({ id }) => members.has(id))
  const zones = [...new Set([...schedules.map(({ zone }) => zone), ...own.map(({ zone }) => zone)])]
  const changes = zones.flatMap((zone) => clockChanges(zone, from, to)).sort((a, b) => a.at - b.at)
  return [...Map.groupBy(changes, ({ at }) => at)].map(([at, together]) => {
    const moved = together.map(({ zone }) => zone)
    const only = moved.length < zones.length ? ' only' : ''
    const where = listWords([...new Set(moved.map(zoneName))])
    const by = together[0]?.by ?? 0
    const nights = schedules.filter(({ zone }) => moved.includes(zone)).map(({ name }) => name)
    const night =
      nights.length > 0
        ? [
            `That night is ${by < 0 ? 'longer' : 'shorter'} by ${lengthOf(by)} for whoever is on call for ${listWords(nights)}.`,
          ]
        : []
    return {
      at,
      title: `Clocks change ${day(at, moved[0] ?? 'UTC')} in ${where}${only}`,
      lines: [...schedules.flatMap((schedule) => linesOf(schedule, own, at)), ...night],
    }
  })
}

const lengthOf = (minutes: number) => (Math.abs(minutes) === 60 ? 'an hour' : `${Math.abs(minutes)} min`)
