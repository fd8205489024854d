import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freshLayer, type Layer, reviseLayers, runningLayers } from './revise-layers.ts'
import type { Rotation, Schedule } from './schedule-rules.ts'
import { renderShifts } from './timeline.ts'
import { validateSchedule } from './validate-schedule.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const began = instant('2026-11-02T06:00Z')
const now = instant('2026-11-26T15:30Z')
const layer = (name: string, participants: string[], more: Partial<Layer> = {}): Layer => ({
  name,
  kind: 'weekly',
  every: 1,
  startsAt: '2026-11-02T07:00',
  participants,
  restrictions: [],
  ...more,
})
const base = layer('Week', ['ann', 'ben'])
const night = layer('Night', ['cem'], {
  restrictions: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00' }],
})
const made = (...layers: Layer[]) => layers.map((l) => freshLayer(l, began))
const schedule = (layers: Rotation[], zone = 'Europe/London'): Schedule => ({ zone, layers, overrides: [] })
const past = (s: Schedule) => renderShifts(s, began, now).final.map((x) => `${x.from} ${x.to} ${x.userId}`)
const future = (s: Schedule) =>
  renderShifts(s, now, now.add({ hours: 48 })).final.map((x) => `${x.from.toString().slice(8, 16)} ${x.userId}`)
/** What a timeline says, however its pieces are cut: a re-made layer has another id. */
const joined = (s: Schedule, until: Temporal.Instant) => {
  const all: { from: string; to: string; userId: string }[] = []
  for (const { from, to, userId } of renderShifts(s, began, until).final) {
    const last = all.at(-1)
    if (last?.to === from.toString() && last.userId === userId) last.to = to.toString()
    else all.push({ from: from.toString(), to: to.toString(), userId })
  }
  return all
}

const london = (layers: Rotation[]) => ({ zone: 'Europe/London', layers })
const asWanted = (layers: Rotation[], zone = 'Europe/London') => ({ zone, layers: runningLayers(layers, now) })

describe('layers', () => {
  it('that stay as they are get no new version', () => {
    const old = made(base, night)
    expect(reviseLayers(london(old), asWanted(old), now)).toEqual(old)
  })
  it('that are renamed keep their versions', () => {
    const old = made(base)
    const [only] = runningLayers(old, now)
    const next = reviseLayers(
      london(old),
      { zone: 'Europe/London', layers: [{ ...(only as Layer), name: 'All week' }] },
      now,
    )
    expect(next).toEqual([{ ...old[0], name: 'All week' }])
  })
  it('that are taken away still lie over the others in the past', () => {
    const old = made(base, night)
    const next = reviseLayers(london(old), { zone: 'Europe/London', layers: runningLayers(old, now).slice(0, 1) }, now)
    expect(past(schedule(next))).toEqual(past(schedule(old)))
    expect(future(schedule(next))).toEqual(['26T15:30 ben'])
  })
  it('that change places lie so from now on only', () => {
    const old = made(base, night)
    const next = reviseLayers(london(old), { zone: 'Europe/London', layers: runningLayers(old, now).toReversed() }, now)
    expect(past(schedule(next))).toEqual(past(schedule(old)))
    expect(runningLayers(next, now).map((l) => l.name)).toEqual(['Night', 'Week'])
    expect(future(schedule(next))).toEqual(['26T15:30 ben'])
  })
  it('that move to another zone hand over by its clock from now on, and were what they were', () => {
    const old = made(base)
    const next = reviseLayers(london(old), asWanted(old, 'America/New_York'), now)
    expect(past(schedule(next, 'America/New_York'))).toEqual(past(schedule(old)))
    const week = renderShifts(schedule(next, 'America/New_York'), now, now.add({ hours: 24 * 7 })).final
    expect(week.map((x) => `${x.from.toString().slice(5, 16)} ${x.userId}`)).toEqual([
      '11-26T15:30 ben',
      '11-30T12:00 ann',
    ])
  })
  it('of a stranger, and one that has ended, are refused', () => {
    const old = made(base, night)
    const stranger = { ...base, id: '0198c1f0-0000-7000-8000-0000000000aa' }
    expect(() => reviseLayers(london(old), { zone: 'Europe/London', layers: [stranger] }, now)).toThrow(/layer of this/)
    const [, gone] = runningLayers(old, now)
    const next = reviseLayers(london(old), { zone: 'Europe/London', layers: runningLayers(old, now).slice(0, 1) }, now)
    expect(() => reviseLayers(london(next), { zone: 'Europe/London', layers: [gone as Layer] }, now)).toThrow(
      /layer of this/,
    )
  })

  const person = fc.constantFrom('ann', 'ben', 'cem', 'dee')
  const hour = fc.integer({ min: 0, max: 23 }).map((h) => `${String(h).padStart(2, '0')}:00`)
  const anyLayer = fc.record({
    name: fc.constant('x'),
    kind: fc.constantFrom('hourly', 'daily', 'weekly', 'monthly'),
    every: fc.integer({ min: 1, max: 3 }),
    startsAt: fc.tuple(fc.integer({ min: 10, max: 30 }), hour).map(([day, h]) => `2026-10-${day}T${h}`),
    participants: fc.array(person, { maxLength: 3 }),
    restrictions: fc.array(
      fc.record({ weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), from: hour, to: hour }),
      { maxLength: 1 },
    ),
  }) as fc.Arbitrary<Layer>
  const edit = fc.record({
    order: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 4 }),
    fresh: fc.array(anyLayer, { minLength: 1, maxLength: 2 }),
    change: fc.option(anyLayer),
    zone: fc.constantFrom('Europe/London', 'Asia/Tokyo', 'America/New_York'),
    hours: fc.integer({ min: 1, max: 400 }),
  })

  it('however they are edited, one edit after the other, who was on call stays what it was', () => {
    fc.assert(
      fc.property(
        fc.array(anyLayer, { minLength: 1, maxLength: 3 }),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (first, edits) => {
          let zone = 'Europe/London'
          let layers = first.map((l) => freshLayer(l, began))
          let at = began
          for (const e of edits) {
            at = at.add({ hours: e.hours })
            const running = runningLayers(layers, at)
            const seen = new Set<string>()
            const wanted = e.order.flatMap((n): Layer[] => {
              const known = running[n]
              if (!known || seen.has(known.id)) return e.fresh.slice(0, 1)
              seen.add(known.id)
              return [e.change && n === 0 ? { ...e.change, id: known.id } : known]
            })
            const next = reviseLayers({ zone, layers }, { zone: e.zone, layers: wanted }, at)
            expect(validateSchedule({ zone: e.zone, layers: next, overrides: [] })).toEqual([])
            expect(runningLayers(next, at).map(({ id: _, ...l }) => l)).toEqual(wanted.map(({ id: _, ...l }) => l))
            expect(new Set(next.map((l) => l.id)).size).toBe(next.length)
            expect(joined(schedule(next, e.zone), at)).toEqual(joined(schedule(layers, zone), at))
            zone = e.zone
            layers = next
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})
