import type { Finding, Place } from '../define-importer.ts'
import type { Definition } from './estate.ts'
import { plainValue } from './values.ts'

/** Says that something is odd, or is not carried over. */
export type Note = (rule: string, severity: Finding['severity'], place: Place, message: string) => void

export const has = ({ attributes }: Definition, key: string): boolean =>
  plainValue(attributes.get(key)?.value ?? '') !== ''
export const textOf = ({ attributes }: Definition, key: string): string => plainValue(attributes.get(key)?.value ?? '')
export const placeOf = (job: Definition, key: string): Place => {
  const { file, line } = job.attributes.get(key) ?? job
  return { file, line }
}
