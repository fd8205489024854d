import { expect, it } from 'vitest'
import { toldOf } from './change-words.ts'

const at = (day: number, hour: number) => new Date(Date.UTC(2026, 10, day, hour)).toISOString()
const given = { zone: 'Europe/London', now: Date.parse(at(23, 12)), isNew: false, weeks: 5 }
const [priya, sam] = [
  { id: 'priya', name: 'Priya N.' },
  { id: 'sam', name: 'Sam O.' },
]

it('a change says who is on call instead of whom', () => {
  const change = { from: at(28, 22), to: at(29, 6), before: [priya], after: [sam] }
  expect(toldOf({ changes: [change], gaps: [] }, given)).toEqual([
    {
      tone: 'info',
      text: 'Others are on call for 8 h in these 5 weeks. What was until now stays.',
      lines: ['Sat 28 Nov 22:00 – Sun 29 Nov 06:00: Sam O. instead of Priya N.'],
    },
  ])
  const again = { ...change, from: at(29, 22), to: at(30, 6) }
  const back = { ...change, before: [sam], after: [priya] }
  expect(toldOf({ changes: [change, back, again], gaps: [] }, given)[0]?.lines).toEqual([
    'Sam O. instead of Priya N.: 16 h, first Sat 28 Nov 22:00 – Sun 29 Nov 06:00',
    'Sat 28 Nov 22:00 – Sun 29 Nov 06:00: Priya N. instead of Sam O.',
  ])
})

it('gaps that come are told, those that were are not', () => {
  const gaps = [
    { from: at(22, 0), to: at(22, 5), outsideHours: false },
    { from: at(24, 0), to: at(24, 5), outsideHours: false },
    { from: at(24, 19), to: at(25, 7), outsideHours: true },
  ]
  expect(toldOf({ changes: [], gaps }, given).map(({ tone, text, lines }) => [tone, text, ...lines])).toEqual([
    ['info', 'Nobody’s shifts change in these 5 weeks.'],
    ['down', 'Nobody would be on call for 5 h.', 'Tue 24 Nov 00:00–05:00'],
    ['info', 'Outside the hours of its layers nobody is on call: 12 h of these 5 weeks.'],
  ])
})

it('a new schedule is not compared with anything', () => {
  expect(toldOf({ changes: [], gaps: [] }, { ...given, isNew: true }).map(({ text }) => text)).toEqual([
    'Somebody is on call all the time in these 5 weeks.',
  ])
})
