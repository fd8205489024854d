import type { SignalKind } from '../../../contract/alerts/words.ts'
import { isFittingKey, oneLine } from './clean.ts'
import { type Headers, type Reading, SourceError } from './define-source.ts'
import { asText, type Fields, fieldsOf, hostOf, readEnvironment, wordOf } from './read-json.ts'
import { bounds, type Signal, severityOf } from './signal.ts'
import { readWhen } from './when.ts'

/**
 * Reads PagerDuty's Events API v2. What PagerDuty refuses is refused in its words (SourceError, a line for each fault);
 * what it takes is taken. The payload of acknowledge and resolve is not looked at: many senders leave it blank. One
 * thing that it refuses is taken: a summary of more than 1,024 characters, for its sender does not try again, and nobody
 * would know of the alert. As the title it is cut, and the whole of it stands in the details.
 */

export const changePath = '/v2/change/enqueue'

const actions = new Map<unknown, SignalKind>([
  ['trigger', 'firing'],
  ['acknowledge', 'acknowledged'],
  ['resolve', 'resolved'],
])
const severities = ['critical', 'warning', 'error', 'info']

const missing = (field: string) => `'${field}' is missing or blank`
const isBlank = (given: unknown) => wordOf(given) === null

/** `headers[':path']` tells an alert from a change, `headers[':id']` names an alert that its sender did not name. */
export const readPagerduty = (body: Fields, headers: Headers): Reading => {
  const signal = headers[':path'] === changePath ? readChange(body) : readAlert(body, headers[':id'])
  return { signals: [signal], problems: [] }
}

const refuse = (faults: string[]): void => {
  if (faults.length > 0) throw new SourceError(faults.join('\n'))
}

const readAlert = (body: Fields, id: string | undefined): Signal => {
  const kind = actions.get(body.event_action)
  const key = wordOf(body.dedup_key)
  const faults: string[] = []
  if (isBlank(body.event_action)) faults.push(missing('event_action'))
  else if (!kind)
    faults.push("'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')")
  else if (kind !== 'firing' && !key) faults.push(missing('dedup_key'))
  if (key && !isFittingKey(key))
    faults.push(`Length of 'dedup_key' is incorrect (should be <= ${bounds.dedupKey} characters)`)
  if (kind !== 'firing') {
    refuse(faults)
    return {
      kind: kind ?? 'comment',
      dedupKey: key ?? '',
      at: null,
      severity: 'medium',
      summary: '',
      labels: {},
      links: [],
    }
  }
  const payload = fieldsOf(body.payload)
  if (isBlank(payload.summary)) faults.push(missing('payload.summary'))
  if (isBlank(payload.source)) faults.push(missing('payload.source'))
  if (isBlank(payload.severity)) faults.push(missing('payload.severity'))
  else if (!severities.includes(String(payload.severity).toLowerCase()))
    faults.push(
      "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')",
    )
  refuse(faults)
  const notes: string[] = []
  return {
    kind: 'firing',
    dedupKey: key ?? id ?? wordOf(payload.summary) ?? '',
    severity: severityOf(String(payload.severity)) ?? 'medium',
    ...describe(payload, notes),
    links: [...linksOf(body.links), ...imagesOf(body.images), ...clientOf(body)],
    ...(notes.length > 0 ? { notes } : {}),
  }
}

const readChange = (body: Fields): Signal => {
  const payload = fieldsOf(body.payload)
  if (isBlank(payload.summary)) refuse([missing('payload.summary')])
  const notes: string[] = []
  return {
    kind: 'change',
    dedupKey: wordOf(payload.source) ?? 'change',
    severity: 'info',
    ...describe(payload, notes),
    links: [...linksOf(body.links), ...imagesOf(body.images)],
    ...(notes.length > 0 ? { notes } : {}),
  }
}

/** What both kinds of events say of themselves. Of the details, those that are known by name say where it is. */
const describe = (payload: Fields, notes: string[]) => {
  const details = fieldsOf(payload.custom_details)
  const source = wordOf(payload.source)
  const said = asDetails(payload.custom_details, details)
  const host = wordOf(details.host) ?? wordOf(details.hostname) ?? (source && isHost(source) ? hostOf(source) : null)
  const service = wordOf(details.service)
  const team = wordOf(details.team)
  const environment = readEnvironment(details.environment ?? details.env, notes)
  const summary = wordOf(payload.summary) ?? ''
  const long = oneLine(summary, bounds.summary) === oneLine(summary, summary.length) ? [] : [summary]
  const text = [...long, ...said].join('\n\n')
  return {
    at: readWhen(payload.timestamp),
    summary,
    ...(text ? { details: text } : {}),
    ...(service ? { service } : {}),
    ...(host ? { host } : {}),
    ...(team ? { team } : {}),
    ...(environment ? { environment } : {}),
    labels: labelsOf({
      source: payload.source,
      component: payload.component,
      group: payload.group,
      class: payload.class,
      ...details,
    }),
  }
}

/**
 * "prddb01" and "db.example.com" are hosts. A word without a digit or a dot is more often the name of the tool, such as
 * "Alertmanager", and as a host it would make one incident of all that it reports.
 */
const isHost = (source: string): boolean => /^[\w.:[\]-]{1,200}$/.test(source) && /[\d.]/.test(source)

const asDetails = (given: unknown, details: Fields): string[] => {
  const whole = Array.isArray(given) ? given.map((one) => asText(one ?? '')).join('\n') : wordOf(given)
  if (whole !== null) return whole.trim() === '' ? [] : [whole]
  const text = wordOf(details.description) ?? wordOf(details.message) ?? wordOf(details.firing)
  return text ? [text] : []
}

const labelsOf = (given: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const text = asText(value ?? '')
      return text === '' ? [] : [[name, text]]
    }),
  )

const listOf = (given: unknown): Fields[] => (Array.isArray(given) ? given.map(fieldsOf) : [])
const link = (label: unknown, url: unknown): Signal['links'] => {
  const address = wordOf(url)
  return address ? [{ label: wordOf(label) ?? address, url: address }] : []
}
const linksOf = (given: unknown) => listOf(given).flatMap(({ href, text }) => link(text, href))
const imagesOf = (given: unknown) => listOf(given).flatMap(({ src, href, alt }) => link(alt ?? 'Picture', href ?? src))
const clientOf = ({ client, client_url }: Fields) => link(client, client_url)
