import type { Schedule } from './data.ts'
import { dateOf, mondayOf } from './days.ts'
import type { Restriction, Turns } from './layer-words.ts'

/** A layer while it is edited. `key` names it on the page only; `every` is undefined while its field is empty. */
export type DraftLayer = Omit<Turns, 'every'> & {
  key: number
  id: string | undefined
  name: string
  every: number | undefined
  participants: readonly string[]
  restrictions: readonly (Restriction & { key: number })[]
}

/** A schedule while it is edited. The layers stand in the order of the contract: the last lies on top. */
export type Draft = { name: string; slug: string; teamId: string | null; zone: string; layers: readonly DraftLayer[] }

let last = 0
export const newKey = (): number => ++last

type Layer = Schedule['layers'][number]

const draftOf = ({ id, name, kind, every, startsAt, participants, restrictions }: Layer): DraftLayer => ({
  key: newKey(),
  id,
  name,
  kind,
  every,
  startsAt,
  participants,
  // A field for a time of day knows no 24:00; an end that is not later than its start lies on the next day anyway.
  restrictions: (restrictions ?? []).map((r) => ({ ...r, to: r.to === '24:00' ? '00:00' : r.to, key: newKey() })),
})

export const draftOfSchedule = ({ name, slug, team, zone, layers }: Schedule): Draft => ({
  name,
  slug,
  teamId: team.id,
  zone,
  layers: layers.map(draftOf),
})

/** A layer to begin with: weeks, handed over on Monday morning. */
export const newLayer = (name: string, now: number, zone: string): DraftLayer => ({
  key: newKey(),
  id: undefined,
  name,
  kind: 'weekly',
  every: 1,
  startsAt: `${mondayOf(dateOf(now, zone))}T09:00`,
  participants: [],
  restrictions: [],
})

/** The layers as the API takes them; undefined while something that it needs is missing. */
export const layersOf = (layers: readonly DraftLayer[]) => {
  const ready = layers.map(({ key: _, id, every, restrictions, participants, ...layer }) => ({
    ...layer,
    ...(id && { id }),
    every: every ?? 0,
    participants: [...participants],
    restrictions: restrictions.map(({ key: __, weekdays, ...r }) => ({ ...r, weekdays: [...weekdays] })),
  }))
  const complete = ready.every(
    ({ every, startsAt, restrictions, name }) =>
      every > 0 &&
      name.trim() !== '' &&
      startsAt.length >= 16 &&
      restrictions.every(({ weekdays, from, to }) => weekdays.length > 0 && from !== '' && to !== ''),
  )
  return complete ? ready.map((layer) => ({ ...layer, startsAt: layer.startsAt.slice(0, 16) })) : undefined
}

/** What is missing, as a sentence; undefined when it can be saved. */
export const whatIsMissing = ({ name, teamId, layers }: Draft): string | undefined => {
  if (name.trim() === '') return 'The schedule needs a name.'
  if (!teamId) return 'Choose the team that it belongs to.'
  for (const layer of layers) {
    if (layer.name.trim() === '') return 'Each layer needs a name.'
    if (!layer.every) return `${layer.name}: say how long a turn is.`
    if (layer.startsAt === '') return `${layer.name}: say when somebody takes over.`
    if (layer.restrictions.some(({ weekdays }) => weekdays.length === 0))
      return `${layer.name}: choose the days of its hours.`
    if (layer.restrictions.some(({ from, to }) => !from || !to)) return `${layer.name}: say from when until when.`
  }
  return undefined
}

/** The list with one entry moved by a number of places, as far as there are places. */
export const moved = <One>(list: readonly One[], from: number, by: number): One[] => {
  const to = Math.min(Math.max(from + by, 0), list.length - 1)
  const next = list.filter((_, index) => index !== from)
  const one = list[from]
  if (one !== undefined) next.splice(to, 0, one)
  return next
}
