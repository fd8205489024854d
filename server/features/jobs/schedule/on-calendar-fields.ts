/** One field of an OnCalendar expression (systemd.time(7)): `*`, `5`, `1,15`, `9..17`, `0/15`, `8..18/2`. */

export type Field = { name: string; min: number; max: number; wrap?(value: number): number }

export const fields = {
  year: { name: 'year', min: 1970, max: 2200, wrap: (v) => (v < 70 ? 2000 + v : v < 100 ? 1900 + v : v) },
  month: { name: 'month', min: 1, max: 12 },
  day: { name: 'day', min: 1, max: 31 },
  hour: { name: 'hour', min: 0, max: 23 },
  minute: { name: 'minute', min: 0, max: 59 },
  second: { name: 'second', min: 0, max: 59 },
} satisfies Record<string, Field>

const number = (text: string, field: Field): number => {
  if (!/^\d{1,4}$/.test(text)) throw new Error(`"${text}" is no ${field.name}; write whole numbers, such as 5 or 05`)
  const value = Number(text)
  const meant = field.wrap ? field.wrap(value) : value
  if (meant < field.min || meant > field.max)
    throw new Error(`${text} is no ${field.name}; it must be ${field.min} to ${field.max}`)
  return meant
}

const step = (text: string | undefined, field: Field): number => {
  if (text === undefined) return 1
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (value < 1) throw new Error(`"/${text}" in the ${field.name} must repeat each 1 or more`)
  return value
}

/** The values a field names, in order. */
export const readField = (text: string, field: Field): number[] => {
  const values = new Set<number>()
  for (const part of text.split(',')) for (const v of valuesOf(part, field)) values.add(v)
  return [...values].sort((a, b) => a - b)
}

const valuesOf = (part: string, field: Field): number[] => {
  const [what = '', every, more] = part.split('/')
  if (more !== undefined) throw new Error(`"${part}" has more than one /`)
  const by = step(every, field)
  if (what === '*') return range(field.min, field.max, by)
  const [from = '', to, rest] = what.split('..')
  if (rest !== undefined) throw new Error(`"${part}" is no range; write it as 1..5`)
  const first = number(from, field)
  if (to === undefined) return every === undefined ? [first] : range(first, field.max, by)
  const last = number(to, field)
  if (last < first) throw new Error(`"${what}" runs backwards; the smaller ${field.name} comes first`)
  return range(first, last, by)
}

/** Days counted from the end of the month: `~1` the last, `~7/1` the last seven. */
export const readDaysFromEnd = (text: string): number[] => {
  const days = new Set<number>()
  for (const part of text.split(',')) {
    const [what = '', every] = part.split('/')
    if (every === undefined) for (const v of valuesOf(what, fields.day)) days.add(v)
    else for (let v = number(what, fields.day); v >= 1; v -= step(every, fields.day)) days.add(v)
  }
  return [...days].sort((a, b) => b - a)
}

const range = (from: number, to: number, by: number): number[] => {
  const found: number[] = []
  for (let v = from; v <= to; v += by) found.push(v)
  return found
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const longNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

const weekday = (text: string): number => {
  const name = text.toLowerCase()
  const at = weekdays.indexOf(name) + 1 || longNames.indexOf(name) + 1
  if (at === 0) throw new Error(`"${text}" is no day of the week; write Mon, Tue … Sun`)
  return at
}

/** 1 Monday to 7 Sunday. A range may run over the week's end, as Sat..Mon. */
export const readWeekdays = (text: string): Set<number> => {
  const days = new Set<number>()
  for (const part of text.split(',').filter(Boolean)) {
    const [from = '', to = from] = part.split(/\.\.|-/)
    const last = weekday(to)
    for (let day = weekday(from); ; day = (day % 7) + 1) {
      days.add(day)
      if (day === last) break
    }
  }
  return days
}
