import type { Clause } from './clause.ts'

export type Since = { at: Temporal.Instant; words: string }

const clock = String.raw`(?:(\d{1,2})[:.](\d{2})|(\d{1,2})(\d{2})|(\d{1,2}))\s?(am|pm)?\b(?![/\-]\d)|(noon|midnight)\b`
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const day = String.raw`(today|yesterday|(?:last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b`
const led = String.raw`\b(?:since|from|as of|starting|after)\s+(?:about |around |ca\.? )?`

/** "since 0915", "from 9.15am", "since yesterday 17:00", "since monday": the clock or the day may be missing, not both. */
const withWord = new RegExp(`${led}(?:${day}(?:\\s+(?:at )?(?:${clock}))?|(?:${clock})(?:\\s+${day})?)`, 'i')
/** Without a word before it only what can be nothing but a time: "at 09:15", "9:15am". */
const bare = /(?:\bat\s+)?(?<![\d:.])(\d{1,2})(?:[:](\d{2})|[.](\d{2})(?=\s?[ap]m\b))\s?(am|pm)?\b(?![:.]\d)/i
const ago =
  /\b(?:since|for)\s+(?:about |around )?(\d{1,3})\s?(minutes|minute|mins|min|m|hours|hour|hrs|h|days|day|d)\b(?:\s+ago\b)?|\b(\d{1,3})\s?(minutes|minute|mins|min|hours|hour|hrs|h|days|day)\s+ago\b/i

/**
 * Since when, as people say it on the phone: a time of day is the last one that has come in the zone of whoever listens.
 * What is no time of day (2575, 09:75) is left where it stands.
 */
export const takeSince = (clause: Clause, now: Temporal.Instant, zone: string): Since | null => {
  const local = now.toZonedDateTimeISO(zone)
  const passed = ago.exec(clause.text())
  if (passed) {
    const at = minus(now, Number(passed[1] ?? passed[3]), (passed[2] ?? passed[4] ?? '').toLowerCase())
    clause.take(ago)
    return said(at, zone)
  }
  const told = withWord.exec(clause.text())
  if (told) {
    const dayWord = (told[1] ?? told[16])?.toLowerCase()
    const time = told[1] === undefined ? timeOf(told.slice(9, 16)) : timeOf(told.slice(2, 9))
    const named = told[1] === undefined ? told.slice(9, 16) : told.slice(2, 9)
    const hasTime = named.some((part) => part !== undefined)
    if (!(hasTime && time === null)) {
      clause.take(withWord)
      return said(instantOf(local, dayWord, time), zone)
    }
    return null
  }
  const alone = bare.exec(clause.text())
  const time = alone && timeOf([alone[1], alone[2] ?? alone[3], undefined, undefined, undefined, alone[4], undefined])
  if (!time) return null
  clause.take(bare)
  return said(instantOf(local, undefined, time), zone)
}

const minus = (now: Temporal.Instant, n: number, unit: string): Temporal.Instant =>
  now.subtract(unit.startsWith('m') ? { minutes: n } : { hours: unit.startsWith('h') ? n : n * 24 })

type Parts = readonly (string | undefined)[]

const timeOf = ([h1, m1, h2, m2, h3, half, word]: Parts): Temporal.PlainTime | null => {
  if (word) return Temporal.PlainTime.from(word.toLowerCase() === 'noon' ? '12:00' : '00:00')
  const given = Number(h1 ?? h2 ?? h3)
  const minute = Number(m1 ?? m2 ?? 0)
  if (Number.isNaN(given)) return null
  const twelve = half !== undefined
  if (minute > 59 || given > 23 || (twelve && (given < 1 || given > 12))) return null
  const hour = twelve ? (given % 12) + (half?.toLowerCase() === 'pm' ? 12 : 0) : given
  return new Temporal.PlainTime(hour, minute)
}

const instantOf = (local: Temporal.ZonedDateTime, word: string | undefined, time: Temporal.PlainTime | null) => {
  const at = (date: Temporal.PlainDate) =>
    date.toZonedDateTime({ timeZone: local.timeZoneId, plainTime: time ?? '00:00' })
  const today = local.toPlainDate()
  if (word === 'yesterday') return at(today.subtract({ days: 1 })).toInstant()
  const weekday = days.indexOf((word ?? '').replace(/^last /, '')) + 1
  if (weekday > 0) {
    const back = (today.dayOfWeek - weekday + 7) % 7
    const then = at(today.subtract({ days: back }))
    return (Temporal.ZonedDateTime.compare(then, local) > 0 ? at(today.subtract({ days: back + 7 })) : then).toInstant()
  }
  const then = at(today)
  return (Temporal.ZonedDateTime.compare(then, local) > 0 ? at(today.subtract({ days: 1 })) : then).toInstant()
}

const said = (at: Temporal.Instant, zone: string): Since => {
  const local = at.toZonedDateTimeISO(zone)
  const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
  const date = local.toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '')
  return { at, words: `${date} ${local.toPlainTime().toString({ smallestUnit: 'minute' })} ${city}` }
}
