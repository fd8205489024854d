import type { Finding, Place } from './define-importer.ts'

/** What the fields of a cron line mean that their owner may not have meant. */
export const fieldFindings = (place: Place, fields: string): Finding[] => {
  const [, , dayOfMonth = '', month = '', dayOfWeek = ''] = fields.split(' ')
  const found: Finding[] = []
  if (dayOfWeek && !dayOfMonth.startsWith('*') && !dayOfWeek.startsWith('*'))
    found.push({
      ...place,
      rule: 'either-day',
      severity: 'warn',
      message: `It runs on each day of the month ${dayOfMonth}, and on each day of the week ${dayOfWeek} as well: either is enough.`,
    })
  const named = [month, dayOfWeek].find((field) => /[a-z]{3}-|-[a-z]{3}/i.test(field))
  if (named)
    found.push({
      ...place,
      rule: 'range-of-names',
      severity: 'info',
      message: `${named}: older crons take no ranges of names. Numbers are understood by all.`,
    })
  return found
}
