import type { Environment } from '../../../contract/base.ts'
import type { ImportItem, ImportPreview, ImportResult } from '../../../contract/imports/index.ts'

type Named = { id: string; name: string }

/** Files of another scheduler, and what they do not say themselves. */
export type ImportDraft = {
  files: { name: string; text: string }[]
  /** Of the importer; null: it is guessed. */
  kind: string | null
  host: string
  zone: string
  service: Named | null
  environment: Environment
  team: Named | null | undefined
}

export const mostImportBytes = 32_000_000

export const inputOf = (d: ImportDraft) => ({
  files: d.files,
  ...(d.kind && { kind: d.kind }),
  host: d.host.trim() || null,
  zone: d.zone,
  serviceId: d.service?.id ?? null,
  environment: d.environment,
  ...(d.team === undefined ? {} : { teamId: d.team?.id ?? null }),
})

/** UTF-8, else Latin-1, in which old tables are written. */
export const decoded = (bytes: ArrayBuffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

export const isWriting = ({ result }: ImportItem): boolean => result === 'created' || result === 'changed'

/** What a row is known by in the list: a line that was refused has no id of its own. */
export const rowIdOf = (item: ImportItem): string => item.externalId ?? `${item.file}:${item.line} ${item.reason}`

/** Of the ticked rows those that an import can do something about. */
export const chosenOf = (preview: ImportPreview | undefined, ticked: ReadonlySet<string>): string[] =>
  (preview?.items ?? []).filter((i) => isWriting(i) && ticked.has(rowIdOf(i))).flatMap((i) => i.externalId ?? [])

export const pastRunsIn = (preview: ImportPreview | undefined): number =>
  (preview?.items ?? []).reduce((sum, { pastRuns }) => sum + pastRuns, 0)

export const resultWords: Record<ImportResult, string> = {
  created: 'new',
  changed: 'changed',
  unchanged: 'as it is',
  skipped: 'skipped',
  refused: 'refused',
}

/** Why, or what has changed, in a few words. */
export const whyWords = (item: ImportItem): string =>
  item.reason ?? item.fields.map(({ field }) => fieldWords[field] ?? field).join(', ')
const fieldWords: Record<string, string> = {
  graceSeconds: 'grace',
  maxRunSeconds: 'longest run',
  attributes: 'what its scheduler says beside',
}

/** What is to be read in full, which a line of the list has no room for: why a job is left out, and what may not be meant. */
export const notesOf = ({ items, findings }: ImportPreview): { file: string; line: number; words: string }[] =>
  [
    ...items.flatMap(({ file, line, reason }) => (reason ? [{ file, line, words: reason }] : [])),
    ...findings.map(({ file, line, message }) => ({ file, line, words: message })),
  ].toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
