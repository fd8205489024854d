import type { Permission, Rows } from '../../../contract/permissions.ts'
import type { AlertDetail, AlertRow, Matcher } from './words.ts'
import { isOpen } from './words.ts'

/** A way to say which alerts are meant, from one of them outward. */
export type Reach = { value: string; label: string; matchers: Matcher[] }

const is = (field: string, value: string): Matcher => ({ field, op: 'is', value })

/** From this alert alone to everything of its service: what can be silenced with a click. */
export const reachesOf = (alert: AlertDetail): Reach[] => {
  const { source, dedupKey, host, service, environment, title } = alert
  const place = is('environment', environment)
  const reaches: (Reach | false)[] = [
    { value: 'alert', label: 'This alert', matchers: [is('source', source.name), is('key', dedupKey)] },
    { value: 'title', label: 'This title', matchers: [is('title', title), place] },
    host !== null && { value: 'host', label: `Host ${host}`, matchers: [is('host', host)] },
    service !== null && { value: 'service', label: service.name, matchers: [is('service', service.name), place] },
  ]
  return reaches.filter((reach) => reach !== false)
}

/** Why a matcher cannot be used yet, by the path that the API would name. */
export const matcherProblems = (matchers: readonly Matcher[]): Record<string, string> => {
  const problems = matchers.flatMap(({ field, value }, at): [string, string][] => {
    if (field.trim() === '') return [[`matchers.${at}.field`, 'Choose what to look at.']]
    return value.trim() === '' ? [[`matchers.${at}.value`, 'Say what it must be.']] : []
  })
  const told = matchers.some(({ op, value }) => op !== 'is_not' && !/^\**$/.test(value.trim()))
  if (problems.length === 0 && !told)
    problems.push([
      'matchers',
      'This would silence everything. Say what is meant: at least one "is", "contains" or "is like".',
    ])
  return Object.fromEntries(problems)
}

type Who = { teams: readonly { id: string; name: string }[]; may: Partial<Record<Permission, Rows>> }

/** Why somebody may not silence this alert; undefined when he may. Silences reach as far as one's teams do. */
export const whyNotSilence = (alert: Pick<AlertRow, 'team' | 'status'>, me: Who | undefined): string | undefined => {
  if (!isOpen(alert.status)) return 'It is over; there is nothing to silence.'
  const rows = me?.may['silence.write']
  if (rows === 'all') return undefined
  if (rows === undefined) return 'You may not silence alerts. A responder of its team may.'
  if (alert.team === null) return 'It belongs to no team, so an administrator has to silence it.'
  return me?.teams.some(({ id }) => id === alert.team?.id)
    ? undefined
    : `It belongs to ${alert.team.name}, and you are not in that team. Ask them, or an administrator.`
}
