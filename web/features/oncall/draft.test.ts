import { describe, expect, it } from 'vitest'
import { draftOfSchedule, layersOf, moved, newLayer, whatIsMissing } from './draft.ts'

const layer = {
  id: '0198c1f0-0000-7000-8000-0000000000aa',
  name: 'Night',
  kind: 'weekly' as const,
  every: 2,
  startsAt: '2026-11-23T07:00',
  participants: ['aiko'],
  restrictions: [{ weekdays: [1, 2], from: '18:00', to: '24:00' }],
}
const schedule = {
  id: 's',
  slug: 's',
  name: 'L2',
  team: { id: 't', name: 'T' },
  zone: 'Europe/London',
  version: 1,
  layers: [layer],
}

describe('a draft', () => {
  it('of a schedule says the same to the API', () => {
    expect(layersOf(draftOfSchedule(schedule).layers)).toEqual([
      { ...layer, restrictions: [{ weekdays: [1, 2], from: '18:00', to: '00:00' }] },
    ])
  })
  it('that is not complete is not sent, and says what is missing', () => {
    const draft = draftOfSchedule(schedule)
    const [own] = draft.layers
    if (!own) throw new Error('no layer')
    expect(whatIsMissing(draft)).toBeUndefined()
    const wrong = [
      [{ every: undefined }, 'Night: say how long a turn is.'],
      [{ startsAt: '' }, 'Night: say when somebody takes over.'],
      [{ name: ' ' }, 'Each layer needs a name.'],
      [
        { restrictions: [{ key: 1, weekdays: [], from: '07:00', to: '08:00' }] },
        'Night: choose the days of its hours.',
      ],
      [{ restrictions: [{ key: 1, weekdays: [1], from: '', to: '08:00' }] }, 'Night: say from when until when.'],
    ] as const
    for (const [change, words] of wrong) {
      const layers = [{ ...own, ...change }]
      expect(layersOf(layers)).toBeUndefined()
      expect(whatIsMissing({ ...draft, layers })).toBe(words)
    }
    expect(whatIsMissing({ ...draft, name: '' })).toMatch(/name/)
    expect(whatIsMissing({ ...draft, teamId: null })).toMatch(/team/)
  })
  it('begins with weeks from this Monday on', () => {
    expect(newLayer('Week', Date.parse('2026-11-26T12:00Z'), 'Europe/London')).toMatchObject({
      startsAt: '2026-11-23T09:00',
      kind: 'weekly',
      every: 1,
      id: undefined,
    })
  })
})

it('an entry moves as far as there are places', () => {
  const list = ['a', 'b', 'c']
  expect(moved(list, 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(list, 2, -5)).toEqual(['c', 'a', 'b'])
  expect(moved(list, 2, 1)).toEqual(list)
  expect(moved(list, 1, 0)).toEqual(list)
})
