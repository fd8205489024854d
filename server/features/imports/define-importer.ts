import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { ImportedDeadline, JobWaits } from '../../../contract/jobs/waits.ts'
import type { PastRun } from '../jobs/index.ts'
import { bounded } from './bounded.ts'
import { ImportError } from './import-error.ts'
import { plainDeep, plainText } from './plain-text.ts'

export type ImportFile = { name: string; text: string }

/** What the files themselves do not say. */
export type ImportOptions = {
  /** Of the machines that run the jobs, where a file names none. */
  zone: string
  /** The machine or cluster that the files come from; it is part of what a job is known by. */
  host: string | null
  /** For calendars: what lies in the past is not carried over. */
  now: Temporal.Instant
}

export type Place = { file: string; line: number }

/** A job as another scheduler has it. Later kinds may say more of one than these do: it goes into `attributes`. */
export type ImportedJob = Place & {
  /** Known by it in its scheduler: a second import finds the job again. It must not change when the schedule does. */
  externalId: string
  name: string
  /** null: there is no time at which to expect it, and `unscheduled` says why. */
  schedule: JobSchedule | null
  unscheduled: string | null
  command: string
  host: string | null
  tags: string[]
  description: string
  /** false: its scheduler does not start it for the time being. */
  enabled: boolean
  /** How late it may be, and how long it may take, in seconds; null where its scheduler does not say. */
  graceSeconds: number | null
  maxRunSeconds: number | null
  minRunSeconds?: number | null
  /** Exit statuses beside 0 that its scheduler takes for a success. */
  goodExits?: number[]
  /** Its place in the graph; left out where its scheduler knows none. */
  waits?: JobWaits
  /** Runs of the past that its scheduler reports; of no use but to learn from. */
  runs?: PastRun[]
  deadlines?: ImportedDeadline[]
  /** Whatever else is said of it, as it was written. */
  attributes: Record<string, unknown>
}

export type Severity = 'info' | 'warn'
/** Something that its owner may not have meant, or that an import cannot carry over. */
export type Finding = Place & { rule: string; severity: Severity; message: string }
/** What could not be read: a sentence with the remedy. */
export type Refusal = Place & { reason: string }
/** How much there is of a resource that jobs need. */
export type ImportedAmount = Place & { name: string; units: number }
export type Reading = {
  jobs: ImportedJob[]
  findings: Finding[]
  refused: Refusal[]
  amounts?: ImportedAmount[]
}

/** Files as they really look, with what they must be read as: golden tests. */
export type ImportSample = {
  name: string
  files: ImportFile[]
  /** Of each job its external id, and its schedule in a word: `0 22 * * 1-5 Europe/London`, `every 3600`, or null. */
  jobs: [externalId: string, schedule: string | null][]
  rules: string[]
  refusedLines: number[]
}

export type ImporterKind = {
  /** The same as the file's name. */
  kind: string
  title: string
  help: string
  /** How likely this is a file of its kind, by name and first look: 0 to 1. */
  accepts(file: ImportFile): number
  /** Pure. Reads all of the files together. Throws ImportError when nothing of them can be read. */
  read(files: readonly ImportFile[], options: ImportOptions): Reading
  samples: ImportSample[]
  /** More characters than that it does not take at once: while it reads nothing else is done. 10 million unless told. */
  mostText?: number
}

/** Makes a kind of its definition: texts come to it with plain line ends, and what it gives is checked and bounded. */
export const defineImporter = (definition: ImporterKind): ImporterKind => ({
  ...definition,
  accepts: ({ name, text }) => definition.accepts({ name, text: plainText(text.slice(0, MOST_SNIFFED)) }),
  read: (files, options) => {
    requireRoom(files, definition.mostText ?? MOST_TEXT)
    const reading = definition.read(
      files.map(({ name, text }) => ({ name, text: plainText(text) })),
      options,
    )
    return bounded(files.some(({ text }) => escapes.test(text)) ? (plainDeep(reading) as Reading) : reading)
  },
})

const MOST_TEXT = 10_000_000
const requireRoom = (files: readonly ImportFile[], most: number): void => {
  if (files.reduce((sum, { text }) => sum + text.length, 0) > most)
    throw new ImportError(`At most ${most / 1_000_000} million characters of these are read at once. Split them.`)
}

const MOST_SNIFFED = 100_000

/** How JSON and YAML write what PostgreSQL refuses. */
const escapes = /\\(?:u0000|u0{8}|u(?:0{4})?d[89a-f]|x00|0)/i

export const isImporterKind = (value: unknown): value is ImporterKind =>
  typeof value === 'object' && value !== null && 'accepts' in value && 'read' in value
