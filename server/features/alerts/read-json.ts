import { oneLine } from './clean.ts'
import { SourceError } from './define-source.ts'
import { environmentOf, type Signal, severityOf } from './signal.ts'

/** What the readers of JSON have in common. What is not understood is taken as the louder meaning and noted. */

export type Fields = Record<string, unknown>

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SourceError(`The body is not JSON: ${oneLine((error as Error).message, 200)}. Send valid JSON.`)
  }
}

/** The fields of an object; none of anything else. */
export const fieldsOf = (given: unknown): Fields =>
  typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as Fields) : {}

export const wordOf = (given: unknown): string | null => {
  if (typeof given === 'string') return given.trim() === '' ? null : given
  return typeof given === 'number' || typeof given === 'boolean' ? String(given) : null
}

export const asText = (value: unknown): string => {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

export const readSeverity = (given: unknown, notes: string[]): Signal['severity'] => {
  const word = wordOf(given)
  if (!word) return 'medium'
  const known = severityOf(word)
  if (!known) notes.push(`The severity "${oneLine(word, 50)}" is not known; it was taken as medium.`)
  return known ?? 'medium'
}

export const readEnvironment = (given: unknown, notes: string[]): Signal['environment'] | null => {
  const word = wordOf(given)
  if (!word) return null
  const known = environmentOf(word)
  if (!known) notes.push(`The environment "${oneLine(word, 50)}" is not known; the source's own counts.`)
  return known ?? null
}

/** "prddb01:9100" → "prddb01"; addresses of version 6 stand in brackets. */
export const hostOf = <T extends string | undefined>(instance: T): T =>
  instance?.replace(/^\[(.+)\](:\d+)?$/, '$1').replace(/^([^:]+):\d+$/, '$1') as T
