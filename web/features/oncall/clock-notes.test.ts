import { describe, expect, it } from 'vitest'
import { clockNotes, handoverTimes } from './clock-notes.ts'

const layer = (participants: string[], more: object = {}) => ({
  kind: 'weekly',
  startsAt: '2026-10-05T07:00',
  participants,
  restrictions: [] as { from: string }[],
  ...more,
})
const schedule = (name: string, zone: string, ...layers: ReturnType<typeof layer>[]) => ({
  id: name,
  name,
  zone,
  layers,
})
const faces = [
  { id: 'priya', name: 'Priya N.', zone: 'Europe/London' },
  { id: 'aiko', name: 'Aiko T.', zone: 'Asia/Tokyo' },
  { id: 'nora', name: 'Nora B.', zone: 'America/New_York' },
  { id: 'jan', name: 'Jan', zone: 'Europe/Berlin' },
]
const around = (iso: string) => ({ from: Date.parse(iso) - 86_400_000, to: Date.parse(iso) + 86_400_000 })

describe('a change of the clocks', () => {
  it('moves the hand-over for those whose clocks do not change', () => {
    const markets = schedule('L2 markets', 'Europe/London', layer(['priya', 'aiko']))
    expect(clockNotes([markets], faces, around('2026-10-25T01:00Z'))).toEqual([
      {
        at: Date.parse('2026-10-25T01:00Z'),
        title: 'Clocks change Sun 25 Oct in London only',
        lines: [
          'L2 markets hands over at 07:00 London: from then on that is 16:00 for Aiko T. in Tokyo, not 15:00.',
          'That night is longer by an hour for whoever is on call for L2 markets.',
        ],
      },
    ])
  })
  it('in the zone of a person moves it for that person', () => {
    const desk = schedule('DBA', 'Asia/Tokyo', layer(['aiko', 'nora'], { startsAt: '2026-10-05T09:00' }))
    const [note] = clockNotes([desk], faces, around('2026-11-01T06:00Z'))
    expect(note?.title).toBe('Clocks change Sun 1 Nov in New York only')
    expect(note?.lines).toEqual([
      'DBA hands over at 09:00 Tokyo: from then on that is 19:00 for Nora B. in New York, not 20:00.',
    ])
  })
  it('at the same instant in two zones is one, and moves nothing between them', () => {
    const desk = schedule('DBA', 'Europe/London', layer(['priya', 'jan']))
    expect(clockNotes([desk], faces, around('2026-03-29T01:00Z'))).toEqual([
      {
        at: Date.parse('2026-03-29T01:00Z'),
        title: 'Clocks change Sun 29 Mar in London and Berlin',
        lines: ['That night is shorter by an hour for whoever is on call for DBA.'],
      },
    ])
  })
  it('is none in a zone in which nobody is', () => {
    expect(clockNotes([schedule('DBA', 'Asia/Tokyo', layer(['aiko']))], faces, around('2026-10-25T01:00Z'))).toEqual([])
  })
})

it('hand-overs are the beginnings of turns and of restricted hours', () => {
  const night = layer(['aiko'], { restrictions: [{ from: '22:00' }] })
  expect(
    handoverTimes([layer(['priya', 'nora']), night, layer(['priya']), layer(['a', 'b'], { kind: 'hourly' })]),
  ).toEqual(['07:00', '22:00'])
})
