import type { Place } from '../define-importer.ts'

/** What Control-M's two forms of a definition, JSON and XML, both say: the readers make it, the rest works on it. */

/** ODAT, PREV, NEXT, STAT (without a date), **** (any), a number of days such as +001, or a date MMDD. */
export type CtmEvent = { name: string; date: string }
export type CtmExpression = { event: CtmEvent } | { all: CtmExpression[] } | { any: CtmExpression[] }

/** How a job ended, when what hangs on it is done. */
export type CtmOutcome =
  | { is: 'succeeded' | 'failed' | 'done' }
  | { compare: '=' | '!=' | '<' | '<=' | '>' | '>='; code: number }
export type CtmAdded = CtmEvent & { when: CtmOutcome }
/** A job that another one orders when it has ended so. The folder's name may stand before it. */
export type CtmForced = { job: string; when: CtmOutcome }

/** An end that the job sets itself. null: when, no exit status says. */
export type CtmVerdict = { isGood: boolean; when: CtmOutcome | null }

/** On which days it is ordered, as it was written. */
export type CtmDays = {
  /** MON…SUN or ALL, or by a calendar `D1`, `-L2`, `>3`. */
  week: string[]
  /** 1…31 or ALL, or by a calendar `D1`, `-L2`, `>15`. */
  month: string[]
  /** 1…12; none: all. */
  months: number[]
  both: boolean
  weekCalendar: string
  monthCalendar: string
  /** MM/DD. */
  dates: string[]
  /** A day counts only if this calendar has it; else the day before, the day after, none, or it all the same. */
  confirm: { calendar: string; else: 'none' | 'before' | 'after' | 'anyway'; shift: number } | null
  /** YYYYMMDD. */
  from: string
  until: string
  never: boolean
}

/** Days that are named: those that count, and those that do not. */
export type CtmRules = { included: string[]; excluded: string[]; and: boolean }

export type CtmCycle =
  | { kind: 'every'; seconds: number; from: 'start' | 'end' | 'target' }
  | { kind: 'after'; seconds: number[] }
  | { kind: 'at'; times: string[] }

export type CtmDeadline =
  | { kind: 'by'; name: string; time: string; days: number }
  | { kind: 'in'; name: string; seconds: number }

export type CtmJob = Place & {
  server: string
  /** Its folders, the outermost first, and its own name. */
  path: string[]
  kind: 'folder' | 'job' | 'dummy' | 'sla'
  /** A smart folder or a sub folder, which begins and ends with its members; null in a plain folder. */
  box: string[] | null
  days: CtmDays | null
  rules: CtmRules
  /** HHMM. */
  timeFrom: string
  timeTo: string
  zone: string
  cycle: CtmCycle | null
  waitsFor: CtmExpression | null
  adds: CtmAdded[]
  deletes: CtmEvent[]
  forces: CtmForced[]
  verdicts: CtmVerdict[]
  /** What it does at its end that has no place here, in the words of its file. */
  left: string[]
  /** Jobs of its folder that come before it in a flow, by their paths. */
  after: string[][]
  retries: number
  confirm: boolean
  asDummy: boolean
  held: boolean
  resources: { name: string; units: number }[]
  deadlines: CtmDeadline[]
  /** Told as running long after so many seconds. */
  longSeconds: number | null
  watch: CtmWatch | null
  command: string
  host: string
  description: string
  tags: string[]
  attributes: Record<string, unknown>
}

/** A job whose run is the waiting for a file; with a limit it ends badly where that has not come by then. */
export type CtmWatch = {
  file: string
  limitSeconds: number | null
  /** It looks at times of its own, beside those at which the job starts. */
  ownTimes: boolean
}

/** The dates of a calendar, such as 2026-11-30. */
export type CtmCalendar = Place & { name: string; dates: Set<string> }

export const noDays: CtmDays = {
  week: [],
  month: [],
  months: [],
  both: false,
  weekCalendar: '',
  monthCalendar: '',
  dates: [],
  confirm: null,
  from: '',
  until: '',
  never: false,
}

export const keyOf = (server: string, path: readonly string[]): string => [server, ...path].filter(Boolean).join('/')
