import type { SignalKind } from '../../../contract/alerts/words.ts'
import { oneLine } from './clean.ts'
import { type Reading, SourceError } from './define-source.ts'
import { asText, type Fields, parseJson, readEnvironment, readSeverity, wordOf } from './read-json.ts'
import type { Signal } from './signal.ts'
import { readWhen } from './when.ts'

/**
 * Reads the generic JSON: one signal, a list, or {signals: [...]}. By hand and not by a schema: this is the hot path,
 * and a tool's small mistakes must not cost an alert. What is not understood is taken as the louder meaning and noted.
 */

const statusWords = new Map(
  Object.entries<SignalKind>({
    firing: 'firing',
    triggered: 'firing',
    trigger: 'firing',
    problem: 'firing',
    alerting: 'firing',
    open: 'firing',
    down: 'firing',
    resolved: 'resolved',
    resolve: 'resolved',
    ok: 'resolved',
    closed: 'resolved',
    recovered: 'resolved',
    recovery: 'resolved',
    up: 'resolved',
    acknowledged: 'acknowledged',
    acknowledge: 'acknowledged',
    ack: 'acknowledged',
    comment: 'comment',
    blind: 'blind',
    nodata: 'blind',
    no_data: 'blind',
    unknown: 'blind',
    change: 'change',
    heartbeat: 'heartbeat',
  }),
)

export const readGeneric = (text: string): Reading => {
  const items = itemsOf(parseJson(text))
  if (items.length === 0)
    throw new SourceError('There is no signal in it. Send an object with a title, or a list of them.')
  const reading: Reading = { signals: [], problems: [] }
  for (const [i, item] of items.entries()) {
    const read = readOne(item)
    if (typeof read === 'string') reading.problems.push(items.length > 1 ? `Signal ${i + 1}: ${read}` : read)
    else reading.signals.push(read)
  }
  if (reading.signals.length > 0) return reading
  throw new SourceError(reading.problems.slice(0, 3).join(' '))
}

const itemsOf = (body: unknown): unknown[] => {
  if (Array.isArray(body)) return body
  if (typeof body === 'object' && body !== null) {
    const { signals } = body as Fields
    return Array.isArray(signals) ? signals : [body]
  }
  throw new SourceError('The body is JSON, but neither an object nor a list. Send an object with a title.')
}

const readOne = (item: unknown): Signal | string => {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return 'must be an object with a title.'
  const f = item as Fields
  const notes: string[] = []
  const title = wordOf(f.title ?? f.summary) ?? ''
  const kind = readKind(f.status ?? f.state, notes)
  const host = wordOf(f.host)
  const service = wordOf(f.service)
  const given = wordOf(f.dedup_key ?? f.dedupKey)
  if (!given && title.trim() === '' && kind !== 'heartbeat')
    return kind === 'firing' || kind === 'blind'
      ? 'title: say in one line what is wrong.'
      : 'dedup_key: say which alert is meant, by the dedup_key or the title that it was reported with.'
  const team = wordOf(f.team)
  const details = wordOf(f.details ?? f.description)
  const environment = readEnvironment(f.environment ?? f.env, notes)
  return {
    kind,
    dedupKey: given ?? [service, host, title].filter(Boolean).join(' · '),
    at: readAt(f.at ?? f.timestamp, notes),
    severity: readSeverity(f.severity, notes),
    summary: title,
    ...(details ? { details } : {}),
    ...(service ? { service } : {}),
    ...(host ? { host } : {}),
    ...(team ? { team } : {}),
    ...(environment ? { environment } : {}),
    labels: readLabels(f.labels),
    links: readLinks(f.links),
    ...(notes.length > 0 ? { notes } : {}),
  }
}

const readKind = (given: unknown, notes: string[]): SignalKind => {
  const word = wordOf(given)
  if (!word) return 'firing'
  const known = statusWords.get(word.trim().toLowerCase())
  if (!known) notes.push(`The status "${oneLine(word, 50)}" is not known; it was taken as firing.`)
  return known ?? 'firing'
}

const readAt = (given: unknown, notes: string[]): Signal['at'] => {
  if (given === undefined || given === null) return null
  const at = readWhen(given)
  if (!at && given !== '' && !/^0001-/.test(String(given)))
    notes.push('The time in "at" could not be read; the time of receipt counts.')
  return at
}

const readLabels = (given: unknown): Record<string, string> => {
  if (typeof given !== 'object' || given === null) return {}
  const entries = Array.isArray(given) ? given.map((tag): [string, string] => [asText(tag), '']) : Object.entries(given)
  return Object.fromEntries(entries.map(([name, value]) => [name, asText(value)]))
}

const readLinks = (given: unknown): Signal['links'] => {
  if (given === undefined || given === null) return []
  return (Array.isArray(given) ? given : [given]).map((item) => {
    const { url, href, label, text } = (typeof item === 'string' ? { url: item } : (item ?? {})) as Fields
    const address = wordOf(url ?? href) ?? ''
    return { label: wordOf(label ?? text) ?? address, url: address }
  })
}
