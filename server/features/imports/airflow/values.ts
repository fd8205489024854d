import { isObject, numberIn, textIn } from '../json-values.ts'

/** Spans of time in all the ways in which Airflow's versions write them, in seconds; null for none. */
export const secondsIn = (value: unknown): number | null => {
  if (isObject(value)) {
    const parts = [numberIn(value.days), numberIn(value.seconds), numberIn(value.microseconds)]
    if (parts.every((p) => p === null)) return null
    const [days, seconds, micro] = parts
    return (days ?? 0) * 86_400 + (seconds ?? 0) + (micro ?? 0) / 1e6
  }
  const number = numberIn(value)
  if (number !== null) return number
  const text = textIn(value).trim()
  const [, sign, days, hours, minutes, seconds] =
    /^(-?)(?:(\d{1,5}) days?,\s*)?(\d{1,4}):(\d\d):(\d\d)(?:\.\d+)?$/.exec(text) ?? []
  if (seconds !== undefined) {
    const sum = Number(days ?? 0) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
    return sign ? -sum : sum
  }
  if (!/^-?P/.test(text)) return null
  try {
    return Temporal.Duration.from(text).total({ unit: 'seconds' })
  } catch {
    // Months and years have no length of their own.
    return null
  }
}

/** Of `Europe/London` and of `Timezone('Europe/London')`. */
export const zoneIn = (value: unknown): string => {
  const text = textIn(value).trim()
  return /^Timezone\('(.+)'\)$/.exec(text)?.[1] ?? text
}

export const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) / 2
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

/** From the start to the end of what an answer of the API tells of a run; null while it goes on. */
export const durationOf = (node: { start_date?: unknown; end_date?: unknown; duration?: unknown }): number | null => {
  const said = numberIn(node.duration)
  if (said !== null) return said >= 0 ? said : null
  try {
    const start = Temporal.Instant.from(textIn(node.start_date))
    const end = Temporal.Instant.from(textIn(node.end_date))
    const seconds = end.since(start).total({ unit: 'seconds' })
    return seconds >= 0 ? seconds : null
  } catch {
    return null
  }
}
