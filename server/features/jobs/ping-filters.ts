import type { PingFilters } from '../../../contract/jobs/filters.ts'
import type { Ping } from './advance.ts'

/** What of a ping the filters look at. */
export type Filtered = {
  method: string | null
  output: string | null
  /** Where it is this alone that says how a run ended. */
  exit: number | null
  /** Of one that came by mail. */
  mail: { subject: string; text: string } | null
}

/**
 * What a ping means after the filters of its job, in the order of healthchecks: what does not count, then the words of
 * failure, success and start, then what is meant by none of them. What the filters say stands above its address.
 */
export const meantBy = (filters: PingFilters, kind: Ping['kind'], given: Filtered): Ping['kind'] => {
  const { mail, exit } = given
  if (!mail && filters.post && given.method !== 'POST') return 'ignored'
  const looks = mail ? filters.subject || filters.body : filters.httpBody
  if (!looks) return kind === 'fail' && exit !== null && filters.exits?.includes(exit) ? 'success' : kind
  const texts = mail ? [filters.subject ? mail.subject : null, filters.body ? mail.text : null] : [given.output]
  const has = (words: string) =>
    words
      .split(',')
      .map((word) => word.trim())
      .some((word) => word !== '' && texts.some((text) => text?.includes(word)))
  if (has(filters.failure)) return 'fail'
  if (has(filters.success)) return 'success'
  if (has(filters.start)) return 'start'
  return filters.otherwise === 'fail' ? 'fail' : 'ignored'
}
