import type { Finding, Place } from '../define-importer.ts'
import type { Definition } from './estate.ts'
import { plainValue } from './values.ts'

/** Says that something is odd, or is not carried over. */
export type Note = (rule: string, severity: Finding['severity'], place: Place, message: string) => void

export const textOf = ({ attributes }: Definition, key: string): string => {
  const given = attributes.get(key)
  return given ? plainValue(given.value) : ''
}
export const has = (job: Definition, key: string): boolean => textOf(job, key) !== ''
export const placeOf = (job: Definition, key: string): Place => {
  const { file, line } = job.attributes.get(key) ?? job
  return { file, line }
}
