import type { Environment } from '../../../contract/base.ts'
import { millis } from '../../ui/time.ts'
import { instantOfWall, isoOfWall, wallOf } from '../../ui/wall.ts'
import type { Maintenance } from './words.ts'

/** A window as its form holds it: times as the reader's clock shows them. */
export type Draft = {
  name: string
  serviceIds: string[]
  hosts: string[]
  environments: Environment[]
  reason: string
  teamId: string | null
  repeats: boolean
  /** Of one that happens once: from and to. Of one that repeats: the first and the last moment of the series. */
  starts: string
  ends: string
  weekdays: number[]
  from: string
  minutes: number | undefined
  zone: string
}

const hour = 3_600_000

/** A new window: the next full hour, two hours long, and Saturday at 02:00 if it is to repeat. */
export const newDraft = (now: number, zone: string, teamId: string | null): Draft => {
  const start = Math.ceil(now / hour) * hour
  return {
    ...{ name: '', serviceIds: [], hosts: [], environments: [], reason: '', teamId },
    ...{ repeats: false, starts: wallOf(start, zone), ends: wallOf(start + 2 * hour, zone) },
    ...{ weekdays: [6], from: '02:00', minutes: 120, zone },
  }
}

export const draftOf = (window: Maintenance, zone: string): Draft => ({
  name: window.name,
  serviceIds: window.services.map(({ id }) => id),
  hosts: window.hosts,
  environments: window.environments,
  reason: window.reason,
  teamId: window.team?.id ?? null,
  repeats: window.recurrence !== null,
  starts: wallOf(window.startsAt, zone),
  ends: window.endsAt === null ? '' : wallOf(window.endsAt, zone),
  weekdays: window.recurrence?.weekdays ?? [6],
  from: window.recurrence?.from ?? '02:00',
  minutes: window.recurrence?.minutes ?? 120,
  zone: window.recurrence?.zone ?? zone,
})

/** What the draft covers, as preview and window take it. */
export const coverageOf = ({ serviceIds, hosts, environments }: Draft) => ({ serviceIds, hosts, environments })

export const coversSomething = (draft: Draft): boolean =>
  Object.values(coverageOf(draft)).some((list) => list.length > 0)

/** The draft as the API takes it; only when nothing is wrong with it. */
export const inputOf = (draft: Draft, zone: string) => ({
  ...coverageOf(draft),
  name: draft.name.trim(),
  reason: draft.reason.trim(),
  startsAt: isoOfWall(draft.starts, zone) ?? '',
  endsAt: isoOfWall(draft.ends, zone) ?? null,
  recurrence: draft.repeats
    ? { zone: draft.zone, weekdays: draft.weekdays, from: draft.from, minutes: draft.minutes ?? 0 }
    : null,
})

/** What is wrong, by field; empty when it may be sent. */
export const draftProblems = (draft: Draft, now: number, zone: string): Record<string, string> => {
  const [starts, ends] = [instantOfWall(draft.starts, zone), instantOfWall(draft.ends, zone)]
  const wrong: Record<string, string | false> = {
    name: draft.name.trim() === '' && 'Give it a name, such as "Kernel patches".',
    serviceIds: !coversSomething(draft) && 'Say what it covers: services, hosts or environments.',
    reason: draft.reason.trim() === '' && 'Say why, for those who wonder where the alerts are.',
    startsAt: starts === undefined && 'Say from when.',
    endsAt:
      (!draft.repeats && ends === undefined && 'Say until when.') ||
      (ends !== undefined && starts !== undefined && ends <= starts && 'It must end after it begins.') ||
      (ends !== undefined && ends <= millis(now) && 'This is over already.'),
    'recurrence.weekdays': draft.repeats && draft.weekdays.length === 0 && 'Choose at least one day.',
    'recurrence.from': draft.repeats && draft.from === '' && 'Say at what time it begins.',
    'recurrence.minutes': draft.repeats && !(draft.minutes && draft.minutes >= 1) && 'Say how many minutes it lasts.',
  }
  return Object.fromEntries(Object.entries(wrong).filter((one): one is [string, string] => one[1] !== false))
}
