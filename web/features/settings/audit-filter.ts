import { isOneOf, list, meant, readFilter, type Thing } from '../../parts/filter-query.ts'
import type { FilterField } from '../../ui/filter.ts'

/** What things events are about, as their types begin. */
const families = [
  'alert',
  'alert_route',
  'announcement',
  'approval',
  'backup',
  'calendar',
  'canned_reply',
  'contact',
  'declarations',
  'host',
  'job',
  'key',
  'knowledge',
  'macro',
  'maintenance',
  'matrix',
  'monitor',
  'override',
  'page',
  'policy',
  'request',
  'schedule',
  'service',
  'session',
  'silence',
  'sla_policy',
  'source',
  'team',
  'ticket',
  'unit',
  'user',
  'view',
] as const

const names = ['who', 'what', 'from', 'to'] as const

export const auditFields = (people: readonly Thing[]): readonly FilterField[] => [
  { name: 'who', values: people.map(({ name }) => name) },
  { name: 'what', values: families },
  { name: 'from' },
  { name: 'to' },
]

type Asked = { actorId?: string; type?: string; from?: string; to?: string }

/** The beginning of a day in a zone, and of the one after it. */
const dayOf = (text: string, zone: string): { from: string; to: string } | undefined => {
  try {
    const day = Temporal.PlainDate.from(text)
    const begin = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).toInstant().toString()
    return { from: begin(day), to: begin(day.add({ days: 1 })) }
  } catch {
    return undefined
  }
}

/** A filter as what is asked of the log, and in sentences what of it means nothing. */
export const readAudit = (
  filter: string,
  people: readonly Thing[],
  zone: string,
): { asked: Asked; problems: string[] } => {
  const { fields, words } = readFilter(filter, names)
  const problems = words ? [`“${words}” means nothing here: use ${list(names)}, such as who:priya.`] : []
  const asked: Asked = {}
  if (fields.who) {
    const person = meant(people, fields.who)
    if (person) asked.actorId = person.id
    else problems.push(`who: nobody is called ${fields.who}.`)
  }
  if (fields.what) {
    if (isOneOf(families, fields.what)) asked.type = `${fields.what}.`
    else if (/^[a-z_]+\.[a-z_]+$/.test(fields.what)) asked.type = fields.what
    else problems.push(`what: there is nothing called ${fields.what}; try ${families.slice(0, 4).join(', ')} …`)
  }
  for (const name of ['from', 'to'] as const) {
    const given = fields[name]
    const day = given && dayOf(given, zone)
    if (given && !day) problems.push(`${name}: ${given} is no date such as 2026-11-23.`)
    // To a day is to its end.
    else if (day) asked[name] = day[name]
  }
  return { asked, problems }
}
