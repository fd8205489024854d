import { type Reading, SourceError } from './define-source.ts'
import { readGeneric } from './read-generic.ts'
import { asText, type Fields, fieldsOf, hostOf, parseJson, readEnvironment, readSeverity, wordOf } from './read-json.ts'
import type { Signal } from './signal.ts'
import { readWhen } from './when.ts'

/**
 * Reads what Alertmanager sends to a webhook receiver (version 4): each alert of the group is a signal of its own. Who
 * it is, is its fingerprint, which is made of the labels alone; the group's status says nothing of a single alert.
 */
export const readAlertmanager = (text: string): Reading => {
  const body = fieldsOf(parseJson(text))
  if (!Array.isArray(body.alerts)) return readTemplated(text)
  const reading: Reading = { signals: [], problems: [] }
  for (const [i, alert] of body.alerts.entries()) {
    const read = readAlert(fieldsOf(alert), body)
    if (typeof read === 'string') reading.problems.push(`Alert ${i + 1}: ${read}`)
    else reading.signals.push(read)
  }
  const left = Number(body.truncatedAlerts)
  if (left > 0)
    reading.problems.push(
      `Alertmanager left ${left} alerts of this group out. Set max_alerts of its webhook to 0, so that all are sent.`,
    )
  if (reading.signals.length === 0)
    throw new SourceError(reading.problems.slice(0, 3).join(' ') || 'The list "alerts" is empty.')
  return reading
}

/** A receiver may have a payload of its own (Alertmanager 0.32 and later): it is read as any other JSON. */
const readTemplated = (text: string): Reading => {
  try {
    return readGeneric(text)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    throw new SourceError(
      `There is no list "alerts" in it, as Alertmanager sends it without a template. Read as plain JSON: ${error.message}`,
    )
  }
}

const readAlert = (alert: Fields, group: Fields): Signal | string => {
  const labels = textsOf(alert.labels)
  const notes = textsOf(alert.annotations)
  const fingerprint = wordOf(alert.fingerprint)
  if (!fingerprint && Object.keys(labels).length === 0) return 'has neither a fingerprint nor labels.'
  const resolved = alert.status === 'resolved'
  const said: string[] = []
  const environment = readEnvironment(labels.environment ?? labels.env, said)
  const details = notes.description ?? notes.message
  const host = labels.host ?? labels.hostname ?? hostOf(labels.instance)
  return {
    kind: resolved ? 'resolved' : couldNotLook.includes(labels.alertname ?? '') ? 'blind' : 'firing',
    dedupKey: fingerprint ?? keyOf(labels),
    at: readWhen(resolved ? alert.endsAt : alert.startsAt),
    spell: readWhen(alert.startsAt),
    severity: readSeverity(labels.severity, said),
    summary: notes.summary ?? notes.title ?? labels.alertname ?? details ?? 'An alert without a name',
    ...(details && details !== notes.summary ? { details } : {}),
    ...(labels.service ? { service: labels.service } : {}),
    ...(host ? { host } : {}),
    ...(labels.team ? { team: labels.team } : {}),
    ...(environment ? { environment } : {}),
    labels,
    links: linksOf(alert, notes, group),
    ...(said.length > 0 ? { notes: said } : {}),
  }
}

/** What Grafana, which sends the same webhook, calls an alert whose query brought nothing or failed. */
const couldNotLook = ['DatasourceNoData', 'DatasourceError']

/** Labels and annotations are text; an empty one is as good as none. */
const textsOf = (given: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fieldsOf(given)).flatMap(([name, value]) => {
      const text = asText(value ?? '')
      return text === '' ? [] : [[name, text]]
    }),
  )

const keyOf = (labels: Record<string, string>): string =>
  Object.keys(labels)
    .sort()
    .map((name) => `${name}=${labels[name]}`)
    .join(', ')

const linksOf = (alert: Fields, notes: Record<string, string>, group: Fields): Signal['links'] =>
  [
    { label: 'Runbook', url: notes.runbook_url ?? notes.runbook },
    { label: 'Dashboard', url: notes.dashboard_url ?? notes.dashboard },
    { label: 'The rule in Prometheus', url: wordOf(alert.generatorURL) },
    { label: 'Alertmanager', url: wordOf(group.externalURL) },
  ].flatMap(({ label, url }) => (url && /^https?:/.test(url) ? [{ label, url }] : []))
