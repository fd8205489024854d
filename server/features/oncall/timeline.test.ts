import { describe, expect, it } from 'vitest'
import type { Override, Rotation, RotationPattern, Schedule } from './schedule-rules.ts'
import { gaps, nextHandover, onCallAt, renderShifts } from './timeline.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const rotation = (id: string, change: Partial<RotationPattern>, effectiveUntil: string | null = null): Rotation => ({
  id,
  name: `${id} rotation`,
  effectiveUntil: effectiveUntil === null ? null : instant(effectiveUntil),
  versions: [
    {
      effectiveFrom: instant('2026-01-01T00:00Z'),
      kind: 'daily',
      every: 1,
      startsAt: '2026-06-01T09:00',
      participants: ['ann', 'ben'],
      startPosition: 0,
      restrictions: [],
      ...change,
    },
  ],
})
const override = (id: string, from: string, to: string, add: string | null, remove: string | null): Override => ({
  id,
  from: instant(from),
  to: instant(to),
  add,
  remove,
})
const schedule = (layers: Rotation[], overrides: Override[] = []): Schedule => ({ zone: 'UTC', layers, overrides })

const base = rotation('base', {})
const office = rotation('office', {
  participants: ['cem'],
  restrictions: [{ weekdays: [1, 2, 3, 4, 5], from: '10:00', to: '16:00' }],
})
/** `MMDD HH:MM–MMDD HH:MM user (source)` from Monday 2026-06-01 09:00 on. */
function final(of: Schedule, to = '2026-06-02T12:00Z'): string[] {
  const short = (at: Temporal.Instant) => at.toString().replace(/^2026-0(\d-\d\d)T(\d\d:\d\d).*/, '$1 $2')
  return renderShifts(of, instant('2026-06-01T09:00Z'), instant(to)).final.map(
    ({ userId, source, from, to: end }) => `${short(from)} – ${short(end)} ${userId} (${source.id})`,
  )
}

describe('layers', () => {
  it('lie over each other where they cover', () => {
    expect(final(schedule([base, office]))).toEqual([
      '6-01 09:00 – 6-01 10:00 ann (base)',
      '6-01 10:00 – 6-01 16:00 cem (office)',
      '6-01 16:00 – 6-02 09:00 ann (base)',
      '6-02 09:00 – 6-02 10:00 ben (base)',
      '6-02 10:00 – 6-02 12:00 cem (office)',
    ])
    expect(final(schedule([office, base]))).toEqual([
      '6-01 09:00 – 6-02 09:00 ann (base)',
      '6-02 09:00 – 6-02 12:00 ben (base)',
    ])
  })
  it('without participants cover nothing', () => {
    const empty = rotation('empty', { participants: [] })
    expect(final(schedule([base, empty]))).toEqual(final(schedule([base])))
    expect(onCallAt(schedule([empty]), instant('2026-06-01T12:00Z'))).toEqual([])
    expect(gaps(schedule([empty]), instant('2026-06-01T09:00Z'), instant('2026-06-02T09:00Z'))).toHaveLength(1)
  })
  it('cover only while they are in effect', () => {
    expect(final(schedule([rotation('old', {}, '2026-06-01T12:00Z')]))).toEqual(['6-01 09:00 – 6-01 12:00 ann (old)'])
    const late = rotation('late', { participants: ['cem'] })
    const versions = late.versions.map((version) => ({ ...version, effectiveFrom: instant('2026-06-02T10:00Z') }))
    expect(final(schedule([{ ...late, versions }]))).toEqual(['6-02 10:00 – 6-02 12:00 cem (late)'])
  })
  it('show no shift for a turn that the clock skips', () => {
    const hourly = rotation('hourly', {
      kind: 'hourly',
      startsAt: '2026-03-08T01:00',
      participants: ['ann', 'ben', 'cem'],
    })
    const chicago = { ...schedule([hourly]), zone: 'America/Chicago' }
    const { layers } = renderShifts(chicago, instant('2026-03-08T07:00Z'), instant('2026-03-08T10:00Z'))
    expect(layers[0]?.shifts.map(({ userId, from }) => `${from} ${userId}`)).toEqual([
      '2026-03-08T07:00:00Z ann',
      '2026-03-08T08:00:00Z cem',
      '2026-03-08T09:00:00Z ann',
    ])
  })
  it('show one shift over an edit and over days that touch', () => {
    const weekend = rotation('weekend', { restrictions: [{ weekdays: [6, 7], from: '00:00', to: '24:00' }], every: 7 })
    const [version] = weekend.versions
    const edit = version && {
      ...version,
      effectiveFrom: instant('2026-06-06T12:00Z'),
      participants: ['ann', 'ben', 'cem'],
    }
    const edited = { ...weekend, versions: [...weekend.versions, ...(edit ? [edit] : [])] }
    const { layers } = renderShifts(schedule([edited]), instant('2026-06-01T09:00Z'), instant('2026-06-09T00:00Z'))
    expect(layers[0]?.shifts).toMatchObject([
      { userId: 'ann', from: instant('2026-06-06T00:00Z'), to: instant('2026-06-08T00:00Z') },
    ])
  })
  it('are shown one by one, without overrides', () => {
    const of = schedule([base, office], [override('o', '2026-06-01T09:00Z', '2026-06-03T09:00Z', null, 'cem')])
    const { layers } = renderShifts(of, instant('2026-06-01T09:00Z'), instant('2026-06-02T09:00Z'))
    expect(layers.map(({ id, name, shifts }) => [id, name, shifts.map(({ userId }) => userId)])).toEqual([
      ['base', 'base rotation', ['ann']],
      ['office', 'office rotation', ['cem']],
    ])
  })
})

describe('overrides', () => {
  const day = (...overrides: Override[]) => final(schedule([base], overrides), '2026-06-02T09:00Z')
  it('that add put somebody beside', () => {
    expect(day(override('o', '2026-06-01T12:00Z', '2026-06-01T13:00Z', 'dee', null))).toEqual([
      '6-01 09:00 – 6-02 09:00 ann (base)',
      '6-01 12:00 – 6-01 13:00 dee (o)',
    ])
  })
  it('that began earlier hold until their end', () => {
    expect(day(override('o', '2026-06-01T08:00Z', '2026-06-01T09:10Z', 'dee', null))[0]).toBe(
      '6-01 09:00 – 6-01 09:10 dee (o)',
    )
  })
  it('that add somebody who is on call already change nothing until that ends', () => {
    const both = override('o', '2026-06-01T12:00Z', '2026-06-02T10:00Z', 'ann', null)
    expect(final(schedule([base], [both]), '2026-06-02T12:00Z')).toEqual([
      '6-01 09:00 – 6-02 09:00 ann (base)',
      '6-02 09:00 – 6-02 10:00 ann (o)',
      '6-02 09:00 – 6-02 12:00 ben (base)',
    ])
  })
  it('that remove leave a gap, or the layer below', () => {
    const away = override('o', '2026-06-01T12:00Z', '2026-06-01T13:00Z', null, 'ann')
    expect(day(away)).toEqual(['6-01 09:00 – 6-01 12:00 ann (base)', '6-01 13:00 – 6-02 09:00 ann (base)'])
    const two = schedule([rotation('manager', { participants: ['eve'] }), base], [away])
    expect(final(two, '2026-06-01T14:00Z')).toEqual([
      '6-01 09:00 – 6-01 12:00 ann (base)',
      '6-01 12:00 – 6-01 13:00 eve (manager)',
      '6-01 13:00 – 6-01 14:00 ann (base)',
    ])
  })
  it('that replace hold only where the replaced one is on call', () => {
    const swap = override('o', '2026-06-01T20:00Z', '2026-06-03T09:00Z', 'dee', 'ann')
    expect(final(schedule([base], [swap]), '2026-06-02T12:00Z')).toEqual([
      '6-01 09:00 – 6-01 20:00 ann (base)',
      '6-01 20:00 – 6-02 09:00 dee (o)',
      '6-02 09:00 – 6-02 12:00 ben (base)',
    ])
    const [dee] = onCallAt(schedule([base], [swap]), instant('2026-06-01T21:00Z'))
    expect(dee?.source).toEqual({ kind: 'override', id: 'o', name: 'Override', inPlaceOf: 'ann' })
  })
  it('that replace somebody in two layers are one shift', () => {
    const upper = rotation('upper', {
      participants: ['ann'],
      restrictions: [{ weekdays: [1], from: '12:00', to: '13:00' }],
    })
    const swap = override('o', '2026-06-01T11:00Z', '2026-06-01T14:00Z', 'dee', 'ann')
    expect(final(schedule([base, upper], [swap]), '2026-06-01T15:00Z')).toEqual([
      '6-01 09:00 – 6-01 11:00 ann (base)',
      '6-01 11:00 – 6-01 14:00 dee (o)',
      '6-01 14:00 – 6-01 15:00 ann (base)',
    ])
  })
  it('made later move whom earlier ones put there', () => {
    expect(
      day(
        override('o1', '2026-06-01T12:00Z', '2026-06-01T18:00Z', 'dee', 'ann'),
        override('o2', '2026-06-01T14:00Z', '2026-06-01T15:00Z', 'eve', 'dee'),
        override('o3', '2026-06-01T20:00Z', '2026-06-01T22:00Z', 'cem', null),
        override('o4', '2026-06-01T21:00Z', '2026-06-01T23:00Z', null, 'cem'),
      ),
    ).toEqual([
      '6-01 09:00 – 6-01 12:00 ann (base)',
      '6-01 12:00 – 6-01 14:00 dee (o1)',
      '6-01 14:00 – 6-01 15:00 eve (o2)',
      '6-01 15:00 – 6-01 18:00 dee (o1)',
      '6-01 18:00 – 6-02 09:00 ann (base)',
      '6-01 20:00 – 6-01 21:00 cem (o3)',
    ])
  })
})

describe('who is on call now', () => {
  it('is told with the whole shift', () => {
    expect(onCallAt(schedule([base, office]), instant('2026-06-01T20:00Z'))).toEqual([
      {
        userId: 'ann',
        source: { kind: 'rotation', id: 'base', name: 'base rotation', inPlaceOf: null },
        from: instant('2026-06-01T16:00Z'),
        to: instant('2026-06-02T09:00Z'),
      },
    ])
  })
  it('changes at the instant of the hand-over', () => {
    const at = (text: string) => onCallAt(schedule([base]), instant(text)).map(({ userId }) => userId)
    expect(at('2026-06-02T08:59:59.999Z')).toEqual(['ann'])
    expect(at('2026-06-02T09:00Z')).toEqual(['ben'])
  })
  it('names those who were added last', () => {
    const more = ['zoe', 'abe'].map((user) => override(user, '2026-05-01T00:00Z', '2026-07-01T00:00Z', user, null))
    const now = onCallAt(schedule([base], more), instant('2026-06-01T20:00Z'))
    expect(now.map(({ userId }) => userId)).toEqual(['ann', 'abe', 'zoe'])
  })
  it('has no edges when nothing ends it', () => {
    const alone = rotation('alone', { participants: ['ann'] })
    const versions = alone.versions.map((version) => ({ ...version, effectiveFrom: instant('2020-01-01T00:00Z') }))
    expect(onCallAt(schedule([{ ...alone, versions }]), instant('2026-06-01T20:00Z'))).toMatchObject([
      { from: null, to: null },
    ])
    const until = instant('2027-01-01T00:00Z')
    expect(onCallAt(schedule([{ ...alone, effectiveUntil: until }]), instant('2026-06-01T20:00Z'))).toMatchObject([
      { from: instant('2026-01-01T00:00Z'), to: until },
    ])
  })
})

describe('the next hand-over', () => {
  it('is the next change of people, not of reasons', () => {
    const same = rotation('same', {
      participants: ['ann'],
      restrictions: [{ weekdays: [1], from: '12:00', to: '13:00' }],
    })
    expect(nextHandover(schedule([base, same]), instant('2026-06-01T10:00Z'))).toEqual({
      at: instant('2026-06-02T09:00Z'),
      before: ['ann'],
      after: ['ben'],
    })
  })
  it('may be to nobody, from nobody, or to more', () => {
    expect(nextHandover(schedule([office]), instant('2026-06-05T12:00Z'))).toMatchObject({ before: ['cem'], after: [] })
    expect(nextHandover(schedule([office]), instant('2026-06-05T16:00Z'))).toMatchObject({
      at: instant('2026-06-08T10:00Z'),
      before: [],
      after: ['cem'],
    })
    const more = [override('o', '2026-06-01T12:00Z', '2026-06-01T13:00Z', 'dee', null)]
    expect(nextHandover(schedule([base], more), instant('2026-06-01T10:00Z'))).toMatchObject({ after: ['ann', 'dee'] })
  })
  it('is none when nobody ever changes', () => {
    expect(
      nextHandover(schedule([rotation('alone', { participants: ['ann'] })]), instant('2026-06-01T10:00Z')),
    ).toBeNull()
    expect(nextHandover(schedule([]), instant('2026-06-01T10:00Z'))).toBeNull()
  })
})

describe('gaps', () => {
  it('are what nobody covers', () => {
    const found = gaps(schedule([office]), instant('2026-06-05T12:00Z'), instant('2026-06-08T12:00Z'))
    expect(found).toEqual([{ from: instant('2026-06-05T16:00Z'), to: instant('2026-06-08T10:00Z') }])
    expect(gaps(schedule([base, office]), instant('2026-06-01T00:00Z'), instant('2026-07-01T00:00Z'))).toEqual([])
  })
  it('and shifts are refused over more than five years', () => {
    const [from, to] = [instant('2026-01-01T00:00Z'), instant('2040-01-01T00:00Z')]
    expect(() => gaps(schedule([base]), from, to)).toThrow(/five years/)
    expect(() => renderShifts(schedule([base]), from, to)).toThrow(/five years/)
  })
})
