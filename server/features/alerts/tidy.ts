import { cut } from '../../platform/text.ts'
import { fittingKey, oneLine, safeUrl, storable } from './clean.ts'
import { bounds, type Signal } from './signal.ts'

/**
 * Makes any signal fit to be kept: text that the database can store, one line where it must be one, nothing longer or
 * more than its bound, links to http and https alone. What was cut is said in the notes. Tidying twice changes nothing.
 */
export const tidy = (s: Signal): Signal => {
  const notes: string[] = []
  const summary = oneLine(s.summary, bounds.summary)
  if (s.summary.length > bounds.summary + SLACK) notes.push(kept('summary', s.summary.length, bounds.summary))
  const details = s.details && tidyDetails(s.details, notes)
  const service = s.service && oneLine(s.service, bounds.word)
  const host = s.host && oneLine(s.host, bounds.word)
  const team = s.team && oneLine(s.team, bounds.word)
  const labels = tidyLabels(s.labels, notes)
  const links = s.links.length === 0 ? s.links : tidyLinks(s.links, notes)
  const all = s.notes ? [...s.notes, ...notes] : notes
  return {
    kind: s.kind,
    dedupKey: fittingKey(s.dedupKey),
    at: s.at,
    ...(s.spell ? { spell: s.spell } : {}),
    severity: s.severity,
    summary,
    ...(details ? { details } : {}),
    ...(s.told ? { told: cut(storable(s.told), bounds.details) } : {}),
    ...(service ? { service } : {}),
    ...(host ? { host } : {}),
    ...(team ? { team } : {}),
    ...(s.environment ? { environment: s.environment } : {}),
    labels,
    links,
    ...(all.length > 0 ? { notes: all.slice(0, MOST_NOTES).map((n) => oneLine(n, 300)) } : {}),
  }
}

const MOST_NOTES = 10
/** White space at the ends is taken away without a word. */
const SLACK = 20

const kept = (what: string, length: number, bound: number) =>
  `The ${what} had ${length} characters; ${bound} were kept.`

const tidyDetails = (given: string, notes: string[]): string => {
  if (given.length > bounds.details) notes.push(kept('details', given.length, bounds.details))
  return cut(storable(given), bounds.details)
}

const tidyLabels = (given: Record<string, string>, notes: string[]): Record<string, string> => {
  const entries = Object.entries(given)
  const left = entries.length - bounds.labels
  if (left > 0)
    notes.push(`It had ${entries.length} labels; the first ${bounds.labels} were kept and ${left} were cut.`)
  let short = 0
  const tidied = entries.slice(0, bounds.labels).map(([name, value]): [string, string] => {
    if (name.length > bounds.labelName || value.length > bounds.labelValue) short++
    return [oneLine(name, bounds.labelName), cut(storable(value), bounds.labelValue)]
  })
  if (short > 0) notes.push(`${short} of its labels were too long and were shortened.`)
  // Defined, not assigned: a label called __proto__ is a label.
  return Object.fromEntries(tidied)
}

const tidyLinks = (given: Signal['links'], notes: string[]): Signal['links'] => {
  const links = given.slice(0, bounds.links).flatMap(({ label, url }) => {
    const safe = safeUrl(url)
    return safe ? [{ label: oneLine(label, bounds.word) || safe.slice(0, bounds.word), url: safe }] : []
  })
  const left = given.length - links.length
  if (left > 0)
    notes.push(`${left} of ${given.length} links were left out: only http and https, and at most ${bounds.links}.`)
  return links
}
