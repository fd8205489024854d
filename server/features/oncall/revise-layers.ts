import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { layerInput } from '../../../contract/oncall/schedule.ts'
import type { Instant } from '../../platform/clock.ts'
import { invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { reviseRotation } from './revise.ts'
import type { Rotation, RotationPattern, RotationVersion } from './schedule-rules.ts'

export type Layer = z.output<typeof layerInput>
type Layers = { zone: string; layers: readonly Rotation[] }

const patternOf = (l: Layer): RotationPattern => ({
  kind: l.kind,
  every: l.every,
  startsAt: l.startsAt,
  participants: l.participants,
  startPosition: 0,
  restrictions: l.restrictions,
})

/** A new rotation holds from when it is made: it says nothing about the past. */
export const freshLayer = (l: Layer, now: Instant): Rotation => ({
  id: newId(),
  name: l.name,
  effectiveUntil: null,
  versions: [{ ...patternOf(l), effectiveFrom: now }],
})

const isRunning = (r: Rotation, now: Instant) =>
  r.effectiveUntil === null || Temporal.Instant.compare(r.effectiveUntil, now) > 0

/** The layers that have not ended, as one would write them to keep everything as it is: the newest version of each. */
export const runningLayers = (layers: readonly Rotation[], now: Instant): (Layer & { id: string })[] =>
  layers
    .filter((l) => isRunning(l, now))
    .flatMap((l) => {
      const version = l.versions.at(-1)
      if (!version) return []
      const { kind, every, startsAt, participants, restrictions } = version
      return {
        id: l.id,
        name: l.name,
        kind,
        every,
        startsAt,
        participants: [...participants],
        restrictions: restrictions.map((r) => ({ ...r, weekdays: [...r.weekdays] })),
      }
    })

/**
 * Layers as they are from `now` on: matched by id; one that is left away ends now, one without an id begins now, one
 * that is as it was stays untouched. Until `now` everybody who was on call stays what they were: in another zone than
 * before, the past is still read by the old one's clock, and a layer that moves over another ends and begins again with
 * a new id, because it did not lie there before. Throws `invalid` for an id that the schedule has not.
 */
export const reviseLayers = (old: Layers, wanted: { zone: string; layers: readonly Layer[] }, now: Instant) => {
  const moved = wanted.zone !== old.zone
  const known = old.layers.map((r) =>
    moved ? { ...r, versions: r.versions.map((v) => ({ zone: old.zone, ...v })) } : r,
  )
  const placeOf = (l: Layer) => known.findIndex((r) => r.id === l.id && isRunning(r, now))
  const stranger = wanted.layers.findIndex((l) => l.id && placeOf(l) < 0)
  if (stranger >= 0)
    throw invalid(`layers.${stranger}.id`, 'is not a layer of this schedule; leave the id out for a new layer')

  const ended = known.map((r) => endedBy(r, now))
  const next: Rotation[] = []
  let reached = 0
  for (const l of wanted.layers) {
    const place = placeOf(l)
    const rotation = known[place]
    if (!rotation) {
      next.push(freshLayer(l, now))
      continue
    }
    const revised = { ...reviseLayer(rotation, l, wanted.zone, moved, now), name: l.name }
    if (place < reached) next.push({ ...revised, id: newId(), versions: revised.versions.slice(-1).map(from(now)) })
    else {
      next.push(...ended.slice(reached, place).flat(), revised)
      reached = place + 1
    }
  }
  return [...next, ...ended.slice(reached).flat()]
}

/** A layer that ends now at the latest; nothing of one that never began. */
const endedBy = (r: Rotation, now: Instant): Rotation[] => {
  if (!isRunning(r, now)) return [r]
  const began = r.versions.some((v) => Temporal.Instant.compare(v.effectiveFrom, now) < 0)
  return began ? [{ ...r, effectiveUntil: now }] : []
}

const from = (now: Instant) => (v: RotationVersion) => ({ ...v, effectiveFrom: now })

const reviseLayer = (rotation: Rotation, l: Layer, zone: string, moved: boolean, now: Instant): Rotation => {
  const [was] = runningLayers([rotation], now)
  const same = !moved && was !== undefined && isDeepStrictEqual({ ...was, name: l.name }, { ...l, id: was.id })
  return same ? rotation : reviseRotation(zone, rotation, patternOf(l), now)
}
